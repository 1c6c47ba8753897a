// The demo's operator: this checkout's, as a process of its own.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { operatorNamespace } from '../cluster/operator-account.ts';
import { tail } from '../cluster/running-program.ts';

const root = resolve(import.meta.dirname, '../..');

/** A running operator. */
export interface DemoOperator {
  pid: number;
  logFile: string;
  /** What it said last, where it has ended of its own accord; undefined while it lives. */
  death(): string | undefined;
  /** SIGTERM; resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts it; its log is in the folder. */
export function startDemoOperator(
  kubeconfig: string,
  folder: string,
  flags: readonly string[] = [],
): DemoOperator {
  const logFile = join(folder, 'operator.log');
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(
    process.execPath,
    [
      join(root, 'operator/main.ts'),
      `--kubeconfig=${kubeconfig}`,
      '--leader-elect',
      '--metrics-bind-address=127.0.0.1:0',
      '--health-probe-bind-address=127.0.0.1:0',
      '--log-format=text',
      ...flags,
    ],
    // A process group of its own: Ctrl-C is for the demo, which puts things away in order.
    {
      stdio: ['ignore', log, log],
      env: { ...process.env, POD_NAMESPACE: operatorNamespace },
      detached: true,
    },
  );
  closeSync(log);
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<void>((done) => {
    child.once('error', () => done());
    child.once('exit', () => done());
  }).finally(() => process.off('exit', kill));
  if (child.pid === undefined) throw new Error('the operator could not be started');
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid,
    logFile,
    death: () => (isGone() ? tail(readFileSync(logFile, 'utf8'), 10) : undefined),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
