// The operator as a process of its own, to be stopped, continued and asked how it is.
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { findFreePorts } from '../cluster/free-port.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { spawnLogged } from '../operator/logged-child.ts';

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

const shiftedClock = join(import.meta.dirname, 'shifted-clock.ts');
let count = 0;

/** Starts it with its log in the folder; resolves at once, long before it is ready. */
export async function startOperator(options: {
  kubeconfig: string;
  folder: string;
  flags: readonly string[];
  /** How wrong its machine's clock is. */
  clockOffsetMs?: number;
}): Promise<OperatorChild> {
  const { kubeconfig, folder, flags, clockOffsetMs = 0 } = options;
  const [health = 0] = await findFreePorts(1);
  const logFile = join(folder, `operator-${(count += 1)}.log`);
  const fixed = [
    `--kubeconfig=${kubeconfig}`,
    '--metrics-bind-address=0',
    `--health-probe-bind-address=127.0.0.1:${health}`,
  ];
  const { child, pid, ended } = spawnLogged({
    folder,
    logFile,
    args: [...fixed, ...flags],
    nodeFlags: clockOffsetMs === 0 ? [] : [`--import=${shiftedClock}`],
    environment: { CLOCK_OFFSET_MS: String(clockOffsetMs) },
  });
  let end: string | undefined;
  void ended.then((how) => (end = how));
  const killIt = () => child.kill('SIGKILL');
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
