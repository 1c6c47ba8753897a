// The operator as a process of its own, as in a cluster: started, measured, stopped by its pid.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { bundleOperator, operatorFolder } from '../../bin/tasks/build/operator-bundle.ts';
import { tail } from '../cluster/running-program.ts';
import { operatorMain } from '../operator/child.ts';
import { spawnLogged } from '../operator/logged-child.ts';

const repository = resolve(import.meta.dirname, '../..');

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
  const logFile = join(folder, 'operator.log');
  const entry = isBuilt ? await bundle(folder) : operatorMain;
  const startedAt = performance.now();
  const { child, pid, ended } = spawnLogged({
    folder,
    logFile,
    entry,
    nodeFlags: [...ownNodeFlags, ...nodeFlags],
    args: [`--kubeconfig=${kubeconfig}`, ...flags],
    environment: { MALLOC_ARENA_MAX: '1' },
  });
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid,
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
