// How long a key that failed waits: exponentially longer, with full jitter, and as long as the server asks.
import { KubeError } from '../../../src/kube/kube-error.ts';

/** The longest first wait, and the longest of all. */
export interface Backoff {
  baseMs: number;
  capMs: number;
}

/** The cap is short enough that what comes back (a permission, an API server) is seen within a minute. */
export const defaultBackoff: Backoff = { baseMs: 200, capMs: 30_000 };

/** Milliseconds to wait after so many failures in a row (1: the first). `random` is between 0 and 1. */
export function computeBackoff({ baseMs, capMs }: Backoff, failures: number, random: () => number): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(failures - 1, 30));
  return random() * ceiling;
}

/** A server that does not answer is asked again soon: what waits for it goes on within five seconds of its return. */
const unansweredCapMs = 5000;

/** The backoff after this failure. */
export function chooseBackoff(backoff: Backoff, error: unknown): Backoff {
  const isUnanswered = error instanceof KubeError && error.httpStatus === undefined;
  return isUnanswered ? { ...backoff, capMs: Math.min(backoff.capMs, unansweredCapMs) } : backoff;
}

const longestAskedMs = 600_000;

/** The least that a failure asks to wait: the server's Retry-After, at most ten minutes; 0 where it asks for nothing. */
export function findAskedPause(error: unknown): number {
  if (!(error instanceof KubeError)) return 0;
  const seconds = error.status?.details?.retryAfterSeconds;
  // A busy server has no Status to give, and says it in the header alone.
  const askedMs = typeof seconds === 'number' ? seconds * 1000 : (error.retryAfterMs ?? 0);
  return Math.max(0, Math.min(askedMs, longestAskedMs));
}
