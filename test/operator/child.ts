// The operator as a child process, its JSON log read as it comes.
import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { waitUntil } from '../cluster/wait-until.ts';

export const operatorMain = resolve(import.meta.dirname, '../../operator/main.ts');

/** A line of its log. */
export type LogLine = Readonly<Record<string, unknown>> & { message: string };

/** A running operator. */
export interface OperatorChild {
  readonly lines: readonly LogLine[];
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** The port of `health`, `metrics`, `webhook` or `stream`, once it listens. */
  port(endpoint: 'health' | 'metrics' | 'webhook' | 'stream'): Promise<number>;
  /** Resolves with the first line of this message. */
  said(message: string, timeoutMs?: number): Promise<LogLine>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts one on loopback ports that are free, with no variables but `environment`; it is killed with the test run. */
export function spawnOperator(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): OperatorChild {
  const fixed = ['--metrics-bind-address=127.0.0.1:0', '--health-probe-bind-address=127.0.0.1:0'];
  return followOperator(
    spawn(process.execPath, [operatorMain, ...fixed, ...args], {
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    }),
  );
}

/** Reads the log of an operator that was started otherwise, its stderr a pipe; it is killed with the test run. */
export function followOperator(child: ChildProcess): OperatorChild {
  const lines: LogLine[] = [];
  let rest = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    const texts = (rest + chunk.toString()).split('\n');
    rest = texts.pop() ?? '';
    for (const text of texts.filter((line) => line.startsWith('{'))) lines.push(JSON.parse(text) as LogLine);
  });
  const killIt = () => void child.kill('SIGKILL');
  process.once('exit', killIt);
  const ended = new Promise<number | NodeJS.Signals | null>((done) =>
    child.once('exit', (code, signal) => {
      process.off('exit', killIt);
      done(code ?? signal);
    }),
  );
  const find = (what: string, fits: (line: LogLine) => boolean, timeoutMs: number) =>
    waitUntil(what, () => lines.find(fits), { timeoutMs, intervalMs: 5 });
  return {
    lines,
    ended,
    port: async (endpoint) =>
      Number(
        (await find(`the port of ${endpoint}`, (line) => line['endpoint'] === endpoint, 90_000))['port'],
      ),
    said: (message, timeoutMs = 30_000) =>
      find(JSON.stringify(message), (line) => line.message === message, timeoutMs),
    kill: (signal) => void child.kill(signal),
  };
}
