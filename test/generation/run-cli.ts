// Runs the program from source in a child process, and looks at what it left behind.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const launcher = resolve(import.meta.dirname, '../../bin/dev.js');

/** How a run ended. */
export interface CliResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** What a run may be given beside its arguments. */
export interface CliOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** Called with the process id as soon as it runs, to send it a signal. */
  onStart?: (processId: number) => void;
}

/** Runs `kubectl-dorgu ARGS` from source in an environment without settings of this machine. A signal's code is 128 + n. */
export function runCli(args: readonly string[], { cwd, env, onStart }: CliOptions = {}): Promise<CliResult> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [launcher, ...args], {
      cwd,
      env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.once('error', fail);
    child.once('spawn', () => child.pid !== undefined && onStart?.(child.pid));
    child.once('close', (code, signal) =>
      done({ code: code ?? (signal === 'SIGINT' ? 130 : 137), stdout, stderr }),
    );
  });
}

/** Every path below a folder with what it holds, sorted; files over 1 MiB by their size alone. */
export function snapshotFolder(directory: string): [string, string][] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .map((entry): [string, string] => {
      const path = join(entry.parentPath, entry.name);
      return [
        relative(directory, path),
        entry.isDirectory() ? '' : describeFile(path, entry.isSymbolicLink()),
      ];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function describeFile(path: string, isLink: boolean): string {
  if (isLink) return `-> ${readlinkSync(path)}`;
  const { size } = statSync(path);
  return size > 1024 * 1024 ? `${size} bytes` : readFileSync(path, 'utf8');
}
