// `npm run verify`: lint, then everything generated anew; fails where that changes a file, and names it. Needs neither Go nor a cluster.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

const lint = spawnSync('npm', ['run', '--silent', 'lint'], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});

const generate = spawnSync(process.execPath, ['bin/tasks/generate.ts'], {
  cwd: root,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
});
// What generate wrote was not what it makes of its source: somebody edited it, or forgot to generate.
const stale = generate.stdout
  .split('\n')
  .filter((line) => line.startsWith('written'))
  .map((line) => line.replace(/^written\s+/, ''));

for (const file of stale)
  console.error(`error: ${file} was not what npm run generate makes of its source; now it is`);
if (stale.length > 0) console.error('hint: look at it with git diff, then commit it with its source');
if (generate.status !== 0) console.error('error: npm run generate failed');
process.exitCode = lint.status === 0 && generate.status === 0 && stale.length === 0 ? 0 : 1;
if (process.exitCode === 0)
  console.log('lint found nothing, and everything generated is what its source makes of it');
