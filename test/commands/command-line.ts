// Runs command lines: in this process with captured streams, or the real launcher in one of its own. CLI_UNDER_TEST=PATH names an
// executable that all of them are given to instead, each in a process of its own: `npm run test:dist` proves what is shipped.
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

/** The executable that the tests are to prove; undefined for the source. */
export const provenExecutable = process.env['CLI_UNDER_TEST'];

/** Program and first words of a command line in a process of its own. */
export const commandLine: readonly [program: string, ...words: string[]] =
  provenExecutable === undefined ? [process.execPath, launchers.dev] : [provenExecutable];

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
  /** What it reads from stdin. */
  stdin?: string;
  /** In this process only: whether a person sits at stdin and reads stderr. */
  isTerminal?: boolean;
  /** A process of its own only: called with its id as soon as it runs, to send it a signal. */
  onStart?: (processId: number) => void;
  /** A process of its own only: called with what it writes, as it comes. */
  onText?: (stream: 'stdout' | 'stderr', text: string) => void;
}

/** Code that was compiled once is not compiled again by the next of many short processes. */
const compileCache = join(root, 'node_modules/.cache/compile');

/** In this process: fast, the same code from routing to exit code. */
export async function runHere(argv: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  const { cwd = root, env = {}, home = '', stdin = '', isTerminal = false } = surroundings;
  // A pipe to a process is no terminal; what asks a person is proven on a real one, in the terminal tests.
  if (provenExecutable !== undefined && !isTerminal)
    return runProgram([provenExecutable, ...argv], surroundings);
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

/** The real launcher in a process of its own; without `launcher` whatever the tests are to prove. */
export function runLauncher(
  argv: readonly string[],
  surroundings: Surroundings = {},
  launcher?: string,
): Promise<Outcome> {
  const start = launcher === undefined ? commandLine : [process.execPath, launcher];
  return runProgram([...start, ...argv], surroundings);
}

function runProgram(
  [program = '', ...words]: readonly string[],
  { cwd = root, env = {}, home = '/nonexistent', stdin = '', onStart, onText }: Surroundings,
): Promise<Outcome> {
  const child = spawn(program, words, {
    cwd,
    env: { PATH: process.env['PATH'], HOME: home, NODE_COMPILE_CACHE: compileCache, ...env },
    stdio: [stdin === '' ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
      onText?.(name, text);
    });
  // Who ends without reading it all closes the pipe; what was said before counts.
  child.stdin?.on('error', () => undefined).end(stdin);
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('spawn', () => child.pid !== undefined && onStart?.(child.pid));
    child.on('close', (code, signal) => done({ code: signal === 'SIGINT' ? 130 : code, ...texts }));
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
