// Which Dockerfiles an application has, what each builds, and which of them are alternatives.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { findDockerfiles } from '../../../src/analysis/dockerfile/find-dockerfiles.ts';
import { openSourceTree } from '../../../src/analysis/source-tree.ts';
import { createMemoryTree } from '../memory-tree.ts';

const simple = 'FROM a\nCOPY . .\nCMD x';

function find(texts: Record<string, string>): string[] {
  return findDockerfiles(createMemoryTree(texts)).map(
    ({ path, context, dir, isAlternative }) =>
      `${isAlternative ? 'not ' : ''}${path} in ${context} builds ${dir}`,
  );
}

describe('finding Dockerfiles', () => {
  const table: [string, Record<string, string>, string[]][] = [
    ['one at the root', { Dockerfile: simple, 'app.py': '' }, ['Dockerfile in . builds .']],
    [
      'one a folder',
      { 'a/Dockerfile': simple, 'b/Dockerfile': simple },
      ['a/Dockerfile in a builds a', 'b/Dockerfile in b builds b'],
    ],
    ['a Containerfile', { Containerfile: simple }, ['Containerfile in . builds .']],
    [
      'one in docker/ builds what it lies in',
      { 'web/docker/Dockerfile': simple, 'web/a.js': '' },
      ['web/docker/Dockerfile in web builds web'],
    ],
    [
      'one in build/package/ of the root',
      { 'build/package/Dockerfile': simple, 'go.mod': '' },
      ['build/package/Dockerfile in . builds .'],
    ],
    [
      'a context told by what is copied',
      {
        'services/api/Dockerfile': 'FROM a\nCOPY services/api/app.js libs/ ./',
        'services/api/app.js': '',
        'libs/x.js': '',
      },
      ['services/api/Dockerfile in . builds services/api'],
    ],
    [
      'a suffix that is a folder',
      { 'api.Dockerfile': simple, 'api/a.js': '' },
      ['api.Dockerfile in . builds api'],
    ],
    [
      'a folder of docker/ that has a twin',
      { 'docker/api/Dockerfile': 'FROM a\nCOPY api/ .', 'api/a.js': '' },
      ['docker/api/Dockerfile in . builds api'],
    ],
    [
      'development beside production',
      { Dockerfile: simple, 'Dockerfile.dev': simple },
      ['Dockerfile in . builds .', 'not Dockerfile.dev in . builds .'],
    ],
    [
      'production by its name',
      { Dockerfile: simple, 'Dockerfile.prod': simple },
      ['not Dockerfile in . builds .', 'Dockerfile.prod in . builds .'],
    ],
    [
      'a worker beside the server is no alternative',
      { Dockerfile: simple, 'Dockerfile.worker': simple },
      ['Dockerfile in . builds .', 'Dockerfile.worker in . builds .'],
    ],
    [
      'one for tests',
      { 'tests/Dockerfile': simple, 'tests/a.js': '' },
      ['not tests/Dockerfile in tests builds tests'],
    ],
    [
      'no templates, ignore files or sources',
      {
        'Dockerfile.j2': '',
        'Dockerfile.dockerignore': '',
        'dockerfile.go': '',
        'lib/dockerfile.ex': '',
        'Dockerfile.md': '',
      },
      [],
    ],
    ['a broken one too', { Dockerfile: 'RUNN' }, ['Dockerfile in . builds .']],
    ['an empty one of an odd name aside', { DOCKERFILE: '# nothing' }, ['not DOCKERFILE in . builds .']],
  ];
  for (const [title, texts, expected] of table) it(title, () => expect(find(texts)).to.deep.equal(expected));

  it('takes a link and its file for one, and gives a reason for each', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dorgu-dockerfiles-'));
    try {
      mkdirSync(join(folder, 'packaging/linux'), { recursive: true });
      writeFileSync(join(folder, 'packaging/linux/Dockerfile'), simple);
      symlinkSync('packaging/linux/Dockerfile', join(folder, 'Dockerfile'));
      const found = findDockerfiles(openSourceTree(folder));
      expect(found.map(({ path, context }) => [path, context])).to.deep.equal([['Dockerfile', '.']]);
      expect(found[0]?.reason).to.be.a('string').with.length.above(5);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
