import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { withBuildLock } from './build-lock.ts';

describe('the build lock', () => {
  let folder = '';
  let lock = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-lock-'));
    lock = join(folder, 'deep', 'x.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('lets one work at a time', async () => {
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await turn();
      inside -= 1;
    };
    await Promise.all([1, 2, 3, 4].map(() => withBuildLock(lock, work, { timeoutMs: 5000 })));
    expect(most).to.equal(1);
    expect(existsSync(lock)).to.equal(false);
  });

  it('is taken over from a process that is gone', async () => {
    const gone = spawnSync(process.execPath, ['--version']).pid;
    await withBuildLock(lock, () => Promise.resolve(), { timeoutMs: 1000 });
    writeFileSync(lock, `${gone}\n`);
    expect(await withBuildLock(lock, () => Promise.resolve('built'), { timeoutMs: 5000 })).to.equal('built');
  });

  it('is not taken from a process that lives: it says whom it waits for, and gives up in time', async () => {
    const told: number[] = [];
    const refused = await withBuildLock(
      lock,
      () =>
        withBuildLock(lock, () => Promise.resolve('both'), {
          timeoutMs: 60,
          onWait: (pid) => told.push(pid),
        }),
      { timeoutMs: 5000 },
    ).catch((error: unknown) => String(error));
    expect(refused).to.contain('in vain for the lock');
    expect(told).to.deep.equal([process.pid]);
  });

  it('is given back when the work fails', async () => {
    const failed = await withBuildLock(lock, () => Promise.reject(new Error('no')), {
      timeoutMs: 1000,
    }).catch(String);
    expect(failed).to.equal('Error: no');
    expect(existsSync(lock)).to.equal(false);
  });
});
