// What Ctrl-C and friends do to a program that has things to put away.

/** The signals that ask a program to end, with the exit code that shells expect of it. */
export const endingSignals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** The reason with which {@link interruptible} aborts. */
export class Interruption extends Error {
  readonly exitCode: number;

  constructor(signal: keyof typeof endingSignals) {
    super(`interrupted by ${signal}`);
    this.name = 'Interruption';
    this.exitCode = endingSignals[signal];
  }
}

/**
 * Runs `work` with a signal that aborts on SIGINT, SIGTERM and SIGHUP, and ends the process when the work has put its things
 * away: with 0, with 130, 143 or 129 after an interruption, with 1 and the error's message otherwise.
 */
export async function interruptible(work: (signal: AbortSignal) => Promise<void>): Promise<never> {
  const controller = new AbortController();
  for (const name of Object.keys(endingSignals) as (keyof typeof endingSignals)[]) {
    process.on(name, () => controller.abort(new Interruption(name)));
  }
  try {
    await work(controller.signal);
    process.exit(0);
  } catch (error) {
    const reason: unknown = controller.signal.reason;
    if (reason instanceof Interruption) process.exit(reason.exitCode);
    process.stderr.write(`Error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
