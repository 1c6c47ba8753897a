// The operator as a process of its own, as in a cluster: started, measured, stopped by its pid.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { bundleOperator, operatorFolder } from '../../bin/tasks/build/operator-bundle.ts';
import { operatorNamespace } from '../cluster/operator-account.ts';
import { tail } from '../cluster/running-program.ts';

const repository = resolve(import.meta.dirname, '../..');
const main = join(repository, 'operator/main.ts');

/** Those that images have. */
const ownNodeFlags = manifest.scripts.operator.split(' ').filter((word) => word.startsWith('--'));

/** How it is started. */
export interface OperatorProcessOptions {
  kubeconfig: string;
  /** For its log and what is built. */
  folder: string;
  /** Of Node, beside those that images have: `--cpu-prof`. */
  nodeFlags: readonly string[];
  /** Bundled first, as images have it; from source otherwise, which holds the compiler of types as well. */
  isBuilt: boolean;
}

/** A running operator. */
export interface OperatorProcess {
  pid: number;
  /** By performance.now. */
  startedAt: number;
  logFile: string;
  /** Why it is gone; undefined while it lives. */
  death(): string | undefined;
  /** SIGTERM. Resolves with its exit code, or the signal that it died by. */
  stop(): Promise<string>;
}

const flags = [
  '--leader-elect',
  '--metrics-bind-address=127.0.0.1:0',
  '--health-probe-bind-address=127.0.0.1:0',
];

/** Starts it; resolves at once. */
export async function startOperator(options: OperatorProcessOptions): Promise<OperatorProcess> {
  const { kubeconfig, folder, nodeFlags, isBuilt } = options;
  const entry = isBuilt ? await bundle(folder) : main;
  const logFile = join(folder, 'operator.log');
  const log = openSync(logFile, 'a', 0o600);
  const startedAt = performance.now();
  const words = [...ownNodeFlags, ...nodeFlags, entry, `--kubeconfig=${kubeconfig}`, ...flags];
  const child = spawn(process.execPath, words, {
    cwd: folder,
    stdio: ['ignore', log, log],
    env: { PATH: process.env['PATH'], POD_NAMESPACE: operatorNamespace, MALLOC_ARENA_MAX: '1' },
  });
  closeSync(log);
  const killIt = () => child.kill('SIGKILL');
  process.once('exit', killIt);
  const ended = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => {
      process.off('exit', killIt);
      resolve(signal ?? `exit code ${code}`);
    }),
  );
  if (child.pid === undefined) throw new Error('the operator could not be started');
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid,
    startedAt,
    logFile,
    death: () =>
      isGone() ? `the operator has ended:\n${tail(readFileSync(logFile, 'utf8'), 10)}` : undefined,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

async function bundle(folder: string): Promise<string> {
  await bundleOperator(repository, folder);
  return join(folder, operatorFolder, 'main.mjs');
}
