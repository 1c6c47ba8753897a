// The same input gives the same bytes: run after run, in any locale, time zone and folder.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { copyExample, exampleNames } from './generated-example.ts';
import { runLauncher } from '../commands/command-line.ts';
import { snapshotFolder } from './snapshot-folder.ts';

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

  for (const name of exampleNames)
    it(`${name}: the same bytes in two locales, three time zones and three folders`, async () => {
      const results = await Promise.all(
        worlds.map(async ({ env, folder }) => {
          const directory = join(top, folder, name);
          copyExample(name, directory);
          const result = await runLauncher(['generate', directory], { env });
          expect(result.code, result.stderr).to.equal(0);
          return snapshotFolder(directory);
        }),
      );
      expect(results[0]?.map(([path]) => path)).to.include.members(['PERSONA.md', 'argocd/application.yaml']);
      for (const result of results.slice(1)) expect(result).to.deep.equal(results[0]);
    });
});
