// `npm run score -- --corpora DIR`: runs the scorer that lies beside the known answers, with this checkout's CLI and Node.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');
const scorer = process.env['DORGU_SCORER'] ?? join(root, '..', 'shared', 'corpora', 'score.mjs');
if (!existsSync(scorer)) {
  console.error(`error: the scorer is not there: ${scorer}`);
  console.error('hint: name it with DORGU_SCORER=path/to/score.mjs; CONTRIBUTING.md says what it expects');
  process.exit(2);
}
const cli = `${process.execPath} ${join(root, 'bin', 'run.js')}`;
const run = spawnSync(process.execPath, [scorer, '--cli', cli, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
