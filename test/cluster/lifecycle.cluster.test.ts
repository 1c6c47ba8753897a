// That a control plane leaves no process and no file behind, however it ends.
import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startControlPlane } from './control-plane.ts';
import { endingSignals } from './interruption.ts';
import { findPrograms } from './programs.ts';
import { useCluster } from './use-cluster.ts';
import { waitUntil } from './wait-until.ts';

const main = join(import.meta.dirname, 'main.ts');

/** Command lines of all processes that mention a text. */
function listProcesses(mention: string): string[] {
  const lines = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8', maxBuffer: 1 << 26 }).split('\n');
  return lines.filter((line) => line.includes(mention));
}

/** Whether a control plane below `temporary` has begun to run `program`. */
function hasBegun(temporary: string, program: string): boolean {
  return readdirSync(temporary).some((folder) => existsSync(join(temporary, folder, `${program}.log`)));
}

describe('the end of a control plane', () => {
  useCluster();
  let temporary = '';
  let child: ChildProcess | undefined;

  beforeEach(() => {
    temporary = mkdtempSync(join(tmpdir(), 'dorgu-lifecycle-'));
  });
  afterEach(() => {
    child?.kill('SIGKILL');
    rmSync(temporary, { recursive: true, force: true });
  });

  /** Runs main.ts with a temporary folder of its own. */
  function startMain(): { ended: Promise<number | null>; read: () => string } {
    let stdout = '';
    const started = spawn(process.execPath, [main, '--nodes', '1'], {
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child = started;
    started.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    return { ended: new Promise((resolve) => started.once('close', resolve)), read: () => stdout };
  }

  function waitForNothing(): Promise<true> {
    const isClean = (): true | undefined =>
      (listProcesses(temporary).length === 0 && readdirSync(temporary).length === 0) || undefined;
    return waitUntil('no process and no file', isClean, { timeoutMs: 10_000 });
  }

  it('is clean when a second control plane is stopped beside the first', async () => {
    const search = await findPrograms({ environment: process.env, report: () => undefined });
    if ('missing' in search) throw new Error(search.missing);
    const second = await startControlPlane({ programs: search.programs, nodes: 1 });
    expect(listProcesses(second.folder)).to.have.length.greaterThan(1);
    await second.stop();
    expect(listProcesses(second.folder)).to.deep.equal([]);
    expect(existsSync(second.folder)).to.equal(false);
  });

  const interruptions = [
    { signal: 'SIGINT', program: 'etcd' },
    { signal: 'SIGTERM', program: 'kube-apiserver' },
    { signal: 'SIGHUP', program: 'kwok' },
  ] as const;
  for (const { signal, program } of interruptions) {
    it(`is clean when ${signal} hits npm run cluster while ${program} starts`, async () => {
      const { ended, read } = startMain();
      await waitUntil(program, () => hasBegun(temporary, program) || undefined, { timeoutMs: 40_000 });
      child?.kill(signal);
      expect(await ended).to.equal(endingSignals[signal]);
      expect(listProcesses(temporary)).to.deep.equal([]);
      expect(readdirSync(temporary)).to.deep.equal([]);
      expect(read()).to.equal('');
    });
  }

  it('is clean when npm run cluster is killed and cannot put anything away', async () => {
    const { ended } = startMain();
    await waitUntil('the API server', () => hasBegun(temporary, 'kube-apiserver') || undefined, {
      timeoutMs: 40_000,
    });
    child?.kill('SIGKILL');
    await ended;
    await waitForNothing();
  });

  it('prints what a shell needs, and is clean and counts as success on Ctrl-C', async () => {
    const { ended, read } = startMain();
    await waitUntil('the lines', () => read().includes('kubectl get nodes') || undefined, {
      timeoutMs: 50_000,
    });
    const script = `${read()}\nkubectl get nodes -o name`;
    expect(execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' })).to.equal('node/node-1\n');
    child?.kill('SIGINT');
    expect(await ended).to.equal(0);
    expect(listProcesses(temporary)).to.deep.equal([]);
    expect(readdirSync(temporary)).to.deep.equal([]);
  });
});
