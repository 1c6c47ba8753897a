// One program of the control plane as a process: started with a log file, watched, stopped by the pid that was kept.
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** A program that was started. */
export interface RunningProgram {
  readonly name: string;
  /** Of the process that runs now; another one after {@link startAgain}. */
  readonly pid: number;
  readonly logFile: string;
  /** Why it is no longer running, with the end of its log; undefined while it runs. */
  death(): string | undefined;
  /** Asks it to end, and kills it when it has not after `graceMs`. Resolves once it is gone. */
  stop(graceMs: number): Promise<void>;
  /** Ends it without a word (SIGKILL). Resolves once it is gone. */
  kill(): Promise<void>;
  /** Stops it where it stands (SIGSTOP): its sockets stay open and nobody answers. */
  pause(): void;
  /** Lets it go on after {@link pause}. */
  resume(): void;
  /** The same program with the same flags and log, after it has ended. */
  startAgain(): Promise<void>;
}

/**
 * Starts a program in a process group of its own, so that Ctrl-C in the terminal reaches us alone and the programs are
 * stopped in order. Its output goes to `logFile`. Throws when the program cannot be started at all.
 */
export async function startProgram(
  path: string,
  args: readonly string[],
  logFile: string,
): Promise<RunningProgram> {
  const name = basename(path);
  let child = await spawnProgram(path, args, logFile);
  const end = async (signal: NodeJS.Signals, graceMs = Infinity): Promise<void> => {
    const ending = child;
    if (!isRunning(ending)) return;
    const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()));
    ending.kill(signal);
    const timer = graceMs === Infinity ? undefined : setTimeout(() => ending.kill('SIGKILL'), graceMs);
    await ended;
    clearTimeout(timer);
  };
  return {
    name,
    get pid() {
      return child.pid;
    },
    logFile,
    death: () => (isRunning(child) ? undefined : describeDeath(child, name, logFile)),
    stop: (graceMs) => end('SIGTERM', graceMs),
    kill: () => end('SIGKILL'),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    startAgain: async () => {
      if (isRunning(child)) throw new Error(`${name} runs already`);
      child = await spawnProgram(path, args, logFile);
    },
  };
}

async function spawnProgram(
  path: string,
  args: readonly string[],
  logFile: string,
): Promise<ChildProcess & { readonly pid: number }> {
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(path, args, { stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => reject(new Error(`cannot start ${path}: ${cause.message}`, { cause })));
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`cannot start ${path}: it has no pid`);
  return Object.assign(child, { pid });
}

/** The last lines of a text. */
export function tail(text: string, lines: number): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function describeDeath(child: ChildProcess, name: string, logFile: string): string {
  const how = child.signalCode === null ? `exit code ${child.exitCode}` : `signal ${child.signalCode}`;
  return `${name} ended by itself with ${how}; the end of its log:\n${tail(readFileSync(logFile, 'utf8'), 15)}`;
}
