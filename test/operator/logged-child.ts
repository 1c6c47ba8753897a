// The operator as a process of its own whose log is a file: what outages and measurements start.
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { operatorNamespace } from '../cluster/operator-account.ts';
import { operatorMain } from './child.ts';

/** How it is started. */
export interface LoggedChildOptions {
  /** Where it runs. */
  folder: string;
  logFile: string;
  /** Of Node: `--cpu-prof`. */
  nodeFlags?: readonly string[];
  /** What is run; from source where it is left out. */
  entry?: string;
  args: readonly string[];
  /** Variables beside its namespace. */
  environment?: Readonly<Record<string, string>>;
}

/** A running one; it is killed with the test run. */
export interface LoggedChild {
  child: ChildProcess;
  pid: number;
  /** Resolves with its exit code, or the signal that it died by: `exit code 0`, `SIGKILL`. */
  ended: Promise<string>;
}

/** Starts it, with no variables but these. @throws Error where it cannot be started at all */
export function spawnLogged(options: LoggedChildOptions): LoggedChild {
  const { folder, logFile, nodeFlags = [], entry = operatorMain, args, environment } = options;
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(process.execPath, [...nodeFlags, entry, ...args], {
    cwd: folder,
    stdio: ['ignore', log, log],
    env: { PATH: process.env['PATH'], POD_NAMESPACE: operatorNamespace, ...environment },
  });
  closeSync(log);
  const killIt = () => child.kill('SIGKILL');
  process.once('exit', killIt);
  const ended = new Promise<string>((done) =>
    child.once('exit', (code, signal) => {
      process.off('exit', killIt);
      done(signal ?? `exit code ${code}`);
    }),
  );
  if (child.pid === undefined) throw new Error('the operator could not be started');
  return { child, pid: child.pid, ended };
}
