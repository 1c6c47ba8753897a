// A lock between processes: one builds a folder of the cache, the others wait for it.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { waitUntil } from './wait-until.ts';

/**
 * Runs `work` while holding the lock file `path`, which names the pid of its holder. A lock whose holder is gone is taken over
 * (two that do so in the same instant may both work, which a build that is renamed into place survives).
 * Waits at most `timeoutMs` for another holder; `onWait` is told once whom it waits for.
 */
export async function withBuildLock<T>(
  path: string,
  work: () => Promise<T>,
  {
    timeoutMs,
    signal,
    onWait,
  }: { timeoutMs: number; signal?: AbortSignal | undefined; onWait?: (pid: number) => void },
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  let hasTold = false;
  await waitUntil(
    `the lock ${path}`,
    async () => {
      if (await tryToTake(path)) return true;
      const holder = await readHolder(path);
      if (holder === undefined || !isAlive(holder)) {
        await rm(path, { force: true });
      } else if (!hasTold) {
        hasTold = true;
        onWait?.(holder);
      }
      return undefined;
    },
    { timeoutMs, intervalMs: 50, signal },
  );
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function tryToTake(path: string): Promise<boolean> {
  try {
    await writeFile(path, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** The holder's pid; 0 (nobody that could be dead) while its file is there but not written yet; undefined when it is gone. */
async function readHolder(path: string): Promise<number | undefined> {
  try {
    return Number.parseInt(await readFile(path, 'utf8'), 10) || 0;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
