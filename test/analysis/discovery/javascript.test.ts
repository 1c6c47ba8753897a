// Which packages of a tree are components: those that something runs, and no libraries.
import { expect } from 'chai';
import { javascriptRoots } from '../../../src/analysis/discovery/javascript.ts';
import { createMemoryTree } from '../memory-tree.ts';

const app = (name: string) => `{ "name": "@shop/${name}", "scripts": { "start": "node index.js" } }`;
const library =
  '{ "name": "@shop/ui", "exports": "./index.js", "peerDependencies": { "react": "19" }, "devDependencies": { "react": "19", "vite": "7" }, "scripts": { "build": "vite build", "dev": "vite" } }';

describe('the roots of JavaScript', () => {
  const cases: Record<string, [Record<string, string>, string[]]> = {
    'are the one package there is': [{ 'package.json': app('a') }, ['.']],
    'are two folders beside each other': [
      { 'front/package.json': app('a'), 'back/package.json': app('b') },
      ['back', 'front'],
    ],
    'are the members of a workspace that run, not the workspace and not its libraries': [
      {
        'package.json':
          '{ "workspaces": ["apps/*", "packages/*"], "scripts": { "start": "turbo run start" } }',
        'turbo.json': '{}',
        'apps/web/package.json': app('web'),
        'apps/api/package.json': app('api'),
        'packages/ui/package.json': library,
      },
      ['apps/api', 'apps/web'],
    ],
    'are the members of a pnpm workspace': [
      {
        'package.json': '{ "private": true }',
        'pnpm-workspace.yaml': 'packages:\n  - apps/*\n',
        'apps/web/package.json': app('web'),
      },
      ['apps/web'],
    ],
    'are the workspace itself where it has a program of its own': [
      {
        'package.json': '{ "workspaces": ["packages/*"] }',
        'index.js': 'console.log(1)',
        'packages/a/package.json': '{ "main": "index.js" }',
      },
      ['.'],
    ],
    'are not tests, examples and templates': [
      {
        'package.json': app('a'),
        'examples/x/package.json': app('x'),
        'test/fixtures/y/package.json': app('y'),
      },
      ['.'],
    ],
    'are a package with a framework and a build script': [
      { 'web/package.json': '{ "dependencies": { "vue": "3" }, "scripts": { "build": "vite build" } }' },
      ['web'],
    ],
    'are a package whose main file listens': [
      {
        'svc/package.json': '{ "main": "server.js" }',
        'svc/server.js': 'app.listen(3000)',
        'lib/package.json': '{ "main": "index.js" }',
        'lib/index.js': 'module.exports = 1',
      },
      ['svc'],
    ],
    'are the outermost package where nothing says that it runs': [
      { 'a/b/package.json': '{ "name": "deep" }', 'a/package.json': '{ "name": "outer" }' },
      ['a'],
    ],
    'are a main file without a package': [{ 'index.js': 'console.log(1)' }, ['.']],
    'are a folder whose package.json is broken': [{ 'package.json': '{' }, ['.']],
    'are not the pages of a program in another language': [
      {
        'composer.json': '{}',
        'package.json': '{ "devDependencies": { "vite": "7" }, "scripts": { "build": "vite build" } }',
      },
      [],
    ],
    'are none where there is no JavaScript': [{ 'main.go': '' }, []],
  };
  for (const [sentence, [files, dirs]] of Object.entries(cases))
    it(sentence, () => {
      const roots = javascriptRoots.find(createMemoryTree(files));
      expect(roots.map(({ dir }) => dir)).to.deep.equal(dirs);
    });

  it("bear the package's name without its scope, and the line that says why", () => {
    const [root] = javascriptRoots.find(
      createMemoryTree({ 'package.json': '{\n"name": "@shop/web",\n"scripts": {\n"start": "x" } }' }),
    );
    expect(root?.name).to.equal('web');
    expect(root?.evidence).to.deep.equal({ file: 'package.json', line: 4, reason: 'a script start' });
  });
});
