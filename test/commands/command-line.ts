// Runs command lines: in this process with captured streams, or the real launcher in one of its own.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { reportError } from '../../src/commands/report-error.ts';
import { exitCodeOf } from '../../src/commands/exit-codes.ts';
import type { Invocation } from '../../src/commands/invocation.ts';
import { runCommandLine } from '../../src/commands/run-command-line.ts';

const root = resolve(import.meta.dirname, '../..');

/** The launchers. */
export const launchers = { run: join(root, 'bin/run.js'), dev: join(root, 'bin/dev.js') };

/** What a command line left behind. */
export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Where it runs. */
export interface Surroundings {
  cwd?: string;
  env?: Record<string, string>;
  home?: string;
  /** In this process only: what it reads from stdin. */
  stdin?: string;
  /** In this process only: whether a person sits at stdin and reads stderr. */
  isTerminal?: boolean;
  /** A process of its own only: called with its id as soon as it runs, to send it a signal. */
  onStart?: (processId: number) => void;
}

/** Code that was compiled once is not compiled again by the next of many short processes. */
const compileCache = join(root, 'node_modules/.cache/compile');

/** In this process: fast, the same code from routing to exit code. */
export async function runHere(
  argv: readonly string[],
  { cwd = root, env = {}, home = '', stdin = '', isTerminal = false }: Surroundings = {},
): Promise<Outcome> {
  const stdout = createSink();
  const stderr = createSink();
  const invocation: Invocation = {
    env,
    cwd,
    home,
    stdin: Object.assign(Readable.from(stdin === '' ? [] : [stdin]), {
      isTTY: isTerminal,
    }) as unknown as Invocation['stdin'],
    stdout: stdout.stream,
    stderr: Object.assign(stderr.stream, { isTTY: isTerminal }),
    signal: new AbortController().signal,
  };
  const code = await runCommandLine(argv, invocation).catch(async (error: unknown) => {
    await reportError(error, argv, invocation);
    return exitCodeOf(error);
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** The real launcher in a process of its own. */
export function runLauncher(
  argv: readonly string[],
  { cwd = root, env = {}, home = '/nonexistent', onStart }: Surroundings = {},
  launcher = launchers.dev,
): Promise<Outcome> {
  const child = spawn(process.execPath, [launcher, ...argv], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: home, NODE_COMPILE_CACHE: compileCache, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('spawn', () => child.pid !== undefined && onStart?.(child.pid));
    child.on('close', (code, signal) => done({ code: signal === 'SIGINT' ? 130 : code, stdout, stderr }));
  });
}

/** Where a command writes, and what it has written. */
export function createSink() {
  let text = '';
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      text += chunk.toString();
      done();
    },
  });
  return { stream, text: () => text };
}
