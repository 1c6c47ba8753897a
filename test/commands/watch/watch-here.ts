// A command that watches, in this process, until a test has seen enough.
import { Readable } from 'node:stream';
import { exitCodeOf } from '../../../src/commands/exit-codes.ts';
import type { Invocation } from '../../../src/commands/invocation.ts';
import { reportError } from '../../../src/commands/report-error.ts';
import { runCommandLine } from '../../../src/commands/run-command-line.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { createSink, type Outcome } from '../command-line.ts';

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

/** Starts a command line without node and script. */
export function watchHere(argv: readonly string[], env: Readonly<Record<string, string>>): RunningWatch {
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
  let code: number | undefined;
  void ended.then((found) => (code = found));
  return {
    untilEnded: async () => {
      const found = await waitUntil(`an end\n${argv.join(' ')}`, () => code, {
        timeoutMs: 20_000,
        intervalMs: 5,
      });
      return { code: found, stdout: stdout.text(), stderr: stderr.text() };
    },
    stdout: stdout.text,
    stderr: stderr.text,
    until: async (what, holds) => {
      await waitUntil(what, () => holds(stdout.text()) || undefined, {
        timeoutMs: 20_000,
        intervalMs: 5,
      }).catch((cause: unknown) => {
        throw new Error(`${String(cause)}\n${stdout.text()}\n${stderr.text()}`, { cause });
      });
    },
    interrupt: async () => {
      interruption.abort();
      return { code: await ended, stdout: stdout.text(), stderr: stderr.text() };
    },
  };
}
