// The program: finds the command, runs it, turns what it throws into text and an exit code, and ends well when interrupted.
import { EXIT_CODES, exitCodeOf, isAbort } from './exit-codes.ts';
import { createInvocation, type Invocation } from './invocation.ts';
import { reportError, reportInterruption } from './report-error.ts';
import { runCommandLine } from './run-command-line.ts';

/** How long a command may tidy up after Ctrl-C. */
const GRACE_MS = 2_000;

/** Runs one command line (without node and script) in this process and leaves the exit code in process.exitCode. */
export async function main(argv: readonly string[]): Promise<void> {
  const interruption = new AbortController();
  const stop = () => {
    // A second Ctrl-C does not wait.
    if (interruption.signal.aborted) process.exit(EXIT_CODES.interrupted);
    interruption.abort();
    setTimeout(() => process.exit(EXIT_CODES.interrupted), GRACE_MS).unref();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const invocation = createInvocation(interruption.signal);
  try {
    process.exitCode = await runToEnd(argv, invocation);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

async function runToEnd(argv: readonly string[], invocation: Invocation): Promise<number> {
  try {
    return await runCommandLine(argv, invocation);
  } catch (error) {
    if (invocation.signal.aborted || isAbort(error)) {
      await reportInterruption(argv, invocation);
      return EXIT_CODES.interrupted;
    }
    await reportError(error, argv, invocation);
    return exitCodeOf(error);
  }
}
