// The same input gives the same bytes: run after run, in any locale, time zone and folder.
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { runCli, snapshotFolder } from './run-cli.ts';

const examples = resolve(import.meta.dirname, '../../examples');
const names = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const worlds: { env: Record<string, string>; folder: string }[] = [
  { env: { LC_ALL: 'C', TZ: 'UTC' }, folder: 'first' },
  {
    env: { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Asia/Kathmandu' },
    folder: 'another folder/deeper',
  },
  { env: { LC_ALL: 'C', TZ: 'America/St_Johns', COLUMNS: '40', USER: 'somebody' }, folder: 'third' },
];

describe('the same input', function () {
  this.timeout(60_000);
  let top: string;
  before(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'dorgu-same-')));
  });
  after(() => rmSync(top, { recursive: true, force: true }));

  for (const name of names)
    it(`${name}: the same bytes in two locales, three time zones and three folders`, async () => {
      const results = await Promise.all(
        worlds.map(async ({ env, folder }) => {
          const directory = join(top, folder, name);
          cpSync(join(examples, name), directory, { recursive: true, filter: isSource });
          const result = await runCli(['generate', directory], { env });
          expect(result.code, result.stderr).to.equal(0);
          return snapshotFolder(directory);
        }),
      );
      expect(results[0]?.map(([path]) => path)).to.include.members(['PERSONA.md', 'argocd/application.yaml']);
      for (const result of results.slice(1)) expect(result).to.deep.equal(results[0]);
    });
});

// Left behind in a checkout by the quickstart or by a build; not part of the example.
function isSource(path: string): boolean {
  return !/\/(k8s|argocd|\.dorgu|\.github|target|node_modules|__pycache__|PERSONA\.md)$/.test(path);
}
