// A command that watches, in this process (or in one of its own where an executable is to be proven), until a test has seen enough.
import { Readable } from 'node:stream';
import { exitCodeOf } from '../../../src/commands/exit-codes.ts';
import type { Invocation } from '../../../src/commands/invocation.ts';
import { reportError } from '../../../src/commands/report-error.ts';
import { runCommandLine } from '../../../src/commands/run-command-line.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { createSink, provenExecutable, runLauncher, type Outcome } from '../command-line.ts';

/** A watch that runs. */
export interface RunningWatch {
  stdout(): string;
  stderr(): string;
  /** Waits until stdout is so. */
  until(what: string, holds: (stdout: string) => boolean): Promise<void>;
  /** Waits for an end that nobody asked for. */
  untilEnded(): Promise<Outcome>;
  /** As Ctrl-C does. */
  interrupt(): Promise<Outcome>;
}

/** What runs: its words as they come, its end, and what ends it. */
interface Run {
  stdout: () => string;
  stderr: () => string;
  ended: Promise<number | null>;
  interrupt: () => void;
}

/** Starts a command line without node and script. */
export function watchHere(argv: readonly string[], env: Readonly<Record<string, string>>): RunningWatch {
  const { stdout, stderr, ended, interrupt } =
    provenExecutable === undefined ? runInside(argv, env) : runOutside(argv, env);
  let code: number | null | undefined;
  void ended.then((found) => (code = found));
  return {
    untilEnded: async () => {
      const found = await waitUntil(`an end\n${argv.join(' ')}`, () => code, {
        timeoutMs: 20_000,
        intervalMs: 5,
      });
      return { code: found, stdout: stdout(), stderr: stderr() };
    },
    stdout,
    stderr,
    until: async (what, holds) => {
      await waitUntil(what, () => holds(stdout()) || undefined, {
        timeoutMs: 20_000,
        intervalMs: 5,
      }).catch((cause: unknown) => {
        throw new Error(`${String(cause)}\n${stdout()}\n${stderr()}`, { cause });
      });
    },
    interrupt: async () => {
      interrupt();
      return { code: await ended, stdout: stdout(), stderr: stderr() };
    },
  };
}

function runInside(argv: readonly string[], env: Readonly<Record<string, string>>): Run {
  const interruption = new AbortController();
  const stdout = createSink();
  const stderr = createSink();
  const invocation: Invocation = {
    env,
    cwd: process.cwd(),
    home: '',
    stdin: Readable.from([]) as unknown as Invocation['stdin'],
    stdout: stdout.stream,
    stderr: stderr.stream,
    signal: interruption.signal,
  };
  const ended = runCommandLine(argv, invocation).catch(async (error: unknown) => {
    await reportError(error, argv, invocation);
    return exitCodeOf(error);
  });
  return { stdout: stdout.text, stderr: stderr.text, ended, interrupt: () => interruption.abort() };
}

function runOutside(argv: readonly string[], env: Readonly<Record<string, string>>): Run {
  const texts = { stdout: '', stderr: '' };
  let processId: number | undefined;
  let isRunning = true;
  const outcome = runLauncher(argv, {
    env,
    onStart: (id) => (processId = id),
    onText: (name, text) => (texts[name] += text),
  });
  return {
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    ended: outcome.then(({ code }) => {
      isRunning = false;
      return code;
    }),
    // As a terminal does: to what still runs.
    interrupt: () => {
      if (isRunning && processId !== undefined) process.kill(processId, 'SIGINT');
    },
  };
}
