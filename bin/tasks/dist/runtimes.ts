// The runtimes of all platforms, installed by the lock file of bin/dist into a cache: every byte is checked, no script is run.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toRuntime, type Platform } from './platforms.ts';

/** Folder of what is installed, filled on the first call for this lock file. @throws Error where npm fails */
export function installRuntimes(root: string): string {
  const lock = join(root, 'bin/dist/package-lock.json');
  const digest = createHash('sha256').update(readFileSync(lock)).digest('hex').slice(0, 12);
  const folder = join(root, 'node_modules/.cache/dist', digest);
  const done = join(folder, 'installed');
  if (existsSync(done)) return folder;
  mkdirSync(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json'])
    copyFileSync(join(root, 'bin/dist', name), join(folder, name));
  // --force: they are for other platforms than this one.
  const npm = spawnSync('npm', ['ci', '--force', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) throw new Error(`npm ci in ${folder} ended with ${npm.status}`);
  writeFileSync(done, '');
  return folder;
}

/** Path of the runtime of one platform. */
export function locateRuntime(folder: string, platform: Platform): string {
  const { packageName, program } = toRuntime(platform);
  return join(folder, 'node_modules', packageName, program);
}
