// `node test/bench/start.ts`: how long `--help` takes beside bare Node, from npm's bundle and (after `npm run dist`) from the executable,
// in turns and in one run, as ratios of medians; and the memory of each. Nothing is asserted. Build first.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import product from '../../package.json' with { type: 'json' };
import { findOwnPlatform, toArchiveName, toExecutableName } from '../../bin/tasks/dist/platforms.ts';

const root = resolve(import.meta.dirname, '../..');
const ROUNDS = 21;

/** Milliseconds of one run. */
function time([program = '', ...words]: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(program, words);
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${stderr.toString()}`);
  return performance.now() - started;
}

/** Peak of one run in MiB; undefined where GNU time is missing. */
function measureMemory(command: readonly string[]): number | undefined {
  const { status, stderr } = spawnSync('/usr/bin/time', ['-f', '%M', ...command], { encoding: 'utf8' });
  return status === 0 ? Number(stderr.trim().split('\n').at(-1)) / 1024 : undefined;
}

const folder = mkdtempSync(join(tmpdir(), 'dorgu-start-'));
try {
  const run = join(root, 'bin/run.js');
  const commands: Record<string, readonly string[]> = {
    'node -e 0': [process.execPath, '-e', '0'],
    'npm, --help': [process.execPath, run, '--help'],
    'npm, explain RULE': [process.execPath, run, 'explain', 'security/run-as-non-root'],
  };
  const platform = findOwnPlatform();
  const archive = platform && join(root, 'dist/krew', toArchiveName(platform, product.version));
  if (platform && archive && existsSync(archive)) {
    spawnSync('tar', ['-xf', archive, '-C', folder]);
    const executable = join(folder, toExecutableName(platform));
    commands['executable, --help'] = [executable, '--help'];
    commands['executable, explain RULE'] = [executable, 'explain', 'security/run-as-non-root'];
  } else console.log('dist/krew has no executable for this machine: npm run dist first');
  const times = new Map(Object.keys(commands).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const [name, command] of Object.entries(commands)) {
      const taken = time(command);
      // The first fills the caches.
      if (round > 0) times.get(name)?.push(taken);
    }
  const median = (name: string) => times.get(name)?.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN;
  for (const [name, command] of Object.entries(commands)) {
    const ratio = (median(name) / median('node -e 0')).toFixed(2);
    const memory = measureMemory(command);
    const peak = memory === undefined ? '' : `, ${Math.round(memory)} MiB`;
    console.log(`${name}: ${median(name).toFixed(0)} ms, ${ratio} times node -e 0${peak}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
