// The operator as a process of its own, to be stopped, continued and asked how it is.
import { join, resolve } from 'node:path';
import { readFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { findFreePorts } from '../cluster/free-port.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { operatorNamespace } from '../cluster/operator-account.ts';

/** A running operator. */
export interface OperatorChild {
  readonly pid: number;
  /** Undefined while it lives: `exit code 0`, `SIGKILL`. */
  readonly end: string | undefined;
  /** What it has logged so far. */
  readonly log: () => Promise<string>;
  /** /readyz: 200, or why not; status 0 where nobody answers within a second. */
  askReady(): Promise<{ status: number; text: string }>;
  /** Resolves with the time at which /readyz was first (not) 200, in milliseconds since the epoch. */
  untilReady(isReady: boolean, timeoutMs: number): Promise<number>;
  pause(): void;
  resume(): void;
  /** SIGTERM. Resolves with how it ended and how long that took; it is killed after 15 s. */
  terminate(): Promise<{ end: string; ms: number }>;
  kill(): Promise<void>;
}

const main = resolve(import.meta.dirname, '../../operator/main.ts');
let count = 0;

/** Starts it with its log in the folder; resolves at once, long before it is ready. */
export async function startOperator(options: {
  kubeconfig: string;
  folder: string;
  flags: readonly string[];
}): Promise<OperatorChild> {
  const { kubeconfig, folder, flags } = options;
  const [health = 0] = await findFreePorts(1);
  const logFile = join(folder, `operator-${(count += 1)}.log`);
  const log = openSync(logFile, 'a', 0o600);
  const fixed = [
    `--kubeconfig=${kubeconfig}`,
    '--metrics-bind-address=0',
    `--health-probe-bind-address=127.0.0.1:${health}`,
  ];
  const child = spawn(process.execPath, [main, ...fixed, ...flags], {
    cwd: folder,
    stdio: ['ignore', log, log],
    env: { PATH: process.env['PATH'], POD_NAMESPACE: operatorNamespace },
  });
  closeSync(log);
  const killIt = () => child.kill('SIGKILL');
  process.once('exit', killIt);
  let end: string | undefined;
  const ended = new Promise<string>((done) =>
    child.once('exit', (code, signal) => {
      process.off('exit', killIt);
      end = signal ?? `exit code ${code}`;
      done(end);
    }),
  );
  const { pid } = child;
  if (pid === undefined) throw new Error('the operator could not be started');
  const askReady = () => ask(`http://127.0.0.1:${health}/readyz`);
  return {
    pid,
    get end() {
      return end;
    },
    log: () => readFile(logFile, 'utf8'),
    askReady,
    untilReady: (isReady, timeoutMs) =>
      waitUntil(
        `the operator to be ${isReady ? 'ready' : 'unready'}`,
        async () => {
          if (end !== undefined) throw new Error(`the operator has ended: ${end}`);
          return ((await askReady()).status === 200) === isReady ? Date.now() : undefined;
        },
        { timeoutMs },
      ),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    terminate: async () => {
      const begun = Date.now();
      child.kill('SIGTERM');
      const timer = setTimeout(killIt, 15_000);
      const how = await ended;
      clearTimeout(timer);
      return { end: how, ms: Date.now() - begun };
    },
    kill: async () => {
      killIt();
      await ended;
    },
  };
}

async function ask(url: string): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1000) });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    return { status: 0, text: String(error) };
  }
}
