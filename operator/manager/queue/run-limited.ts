// One reconciliation under a time limit: whatever it does, it is over in the end.
import type { Clock } from '../clock.ts';
import type { Reconcile, ReconcileResult } from '../work-queue.ts';

/** How it ended. */
export type RunResult =
  { kind: 'done'; result: ReconcileResult } | { kind: 'failed'; error: unknown } | { kind: 'timedOut' };

/** One that runs. */
export interface LimitedRun {
  /** Resolves when the work is over, or when it has been given up; never rejects. */
  over: Promise<RunResult>;
  /** Asks the work to end. */
  abort(reason: Error): void;
}

/** Between the signal and giving up: long enough for a request to end by it. */
const graceMs = 1000;

/** The reason of the signal when time is up. */
export class ReconcileTimedOut extends Error {
  override readonly name = 'ReconcileTimedOut';
}

/** Starts `reconcile`. At `timeoutMs` its signal aborts, and a second later it is given up, resolved or not. */
export function runLimited(
  reconcile: Reconcile,
  key: string,
  { clock, timeoutMs, reconcileId }: { clock: Clock; timeoutMs: number; reconcileId: string },
): LimitedRun {
  const aborter = new AbortController();
  let hasTimedOut = false;
  const over = new Promise<RunResult>((resolve) => {
    let cancel = clock.setTimer(() => {
      hasTimedOut = true;
      aborter.abort(new ReconcileTimedOut(`not done within ${timeoutMs / 1000} s`));
      cancel = clock.setTimer(() => resolve({ kind: 'timedOut' }), graceMs);
    }, timeoutMs);
    const settle = (result: RunResult) => {
      cancel();
      resolve(hasTimedOut ? { kind: 'timedOut' } : result);
    };
    // Called inside of a promise, so that one that throws instead of rejecting is the same.
    Promise.resolve()
      .then(() => reconcile(key, { signal: aborter.signal, reconcileId }))
      .then(
        (result) => settle({ kind: 'done', result }),
        (error: unknown) => settle({ kind: 'failed', error }),
      );
  });
  return { over, abort: (reason) => aborter.abort(reason) };
}
