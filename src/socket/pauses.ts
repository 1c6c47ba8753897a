// How long to wait before coming back: at random, so that those who were sent away together come back apart.

/** Between attempts to come back. */
export interface Pauses {
  /** Milliseconds before the next attempt; longer on average with each one. */
  next(): number;
  /** The last attempt went well. */
  reset(): void;
}

/** From `leastMs` to `mostMs` with full jitter; `random` gives 0 to 1, without 1. */
export function createPauses(
  { leastMs, mostMs }: { leastMs: number; mostMs: number },
  random: () => number,
): Pauses {
  let attempts = 0;
  return {
    next() {
      attempts += 1;
      const limitMs = Math.min(mostMs, leastMs * 2 ** Math.min(attempts, 30));
      return leastMs + random() * (limitMs - leastMs);
    },
    reset: () => void (attempts = 0),
  };
}
