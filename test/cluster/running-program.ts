// One program of the control plane as a process: started with a log file, watched, stopped by the pid that was kept.
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** A program that was started. */
export interface RunningProgram {
  name: string;
  pid: number;
  logFile: string;
  /** Why it is no longer running, with the end of its log; undefined while it runs. */
  death(): string | undefined;
  /** Asks it to end, and kills it when it has not after `graceMs`. Resolves once it is gone. */
  stop(graceMs: number): Promise<void>;
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
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(path, args, { stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => reject(new Error(`cannot start ${path}: ${cause.message}`, { cause })));
  });
  if (child.pid === undefined) throw new Error(`cannot start ${path}: it has no pid`);
  return {
    name,
    pid: child.pid,
    logFile,
    death: () => (isRunning(child) ? undefined : describeDeath(child, name, logFile)),
    stop: async (graceMs) => {
      if (!isRunning(child)) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
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
