// `npm run verify`: lint, then everything generated anew; fails where that changes a file, and names it. Needs neither Go nor a cluster.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

function run(command: string, ...args: string[]): boolean {
  console.log(`> ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

/** Each changed or new file with the hash of what is in it, so that files changed before are told from files changed by generate. */
function changedFiles(): Map<string, string> {
  const git = (...args: string[]) =>
    spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 << 20 }).stdout;
  const changed = git('diff', '--name-only', '-z', 'HEAD').split('\0');
  const added = git('ls-files', '--others', '--exclude-standard', '-z').split('\0');
  const files = [...changed, ...added].filter((file) => file !== '');
  return new Map(files.map((file) => [file, git('hash-object', '--', file)]));
}

const isLinted = run('npm', 'run', '--silent', 'lint');
const before = changedFiles();
const isGenerated = run(process.execPath, 'bin/tasks/generate.ts');
const after = changedFiles();
const stale = [...new Set([...before.keys(), ...after.keys()])].filter(
  (file) => before.get(file) !== after.get(file),
);

for (const file of stale) console.error(`error: ${file} was not what npm run generate makes of its source`);
if (stale.length > 0) console.error('hint: look at it with git diff, then commit it with its source');
process.exitCode = isLinted && isGenerated && stale.length === 0 ? 0 : 1;
