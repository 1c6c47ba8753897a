// Redrawing at most so often: the first request at once, those that follow together.

/** Timers and time, passed in. `after` returns what calls it off. */
export interface PacerClock {
  /** Milliseconds. */
  now(): number;
  after(delayMs: number, call: () => void): () => void;
}

/** Collects requests. */
export interface Pacer {
  request(): void;
  /** Nothing is called any more. */
  stop(): void;
}

/** Calls `work` at once where the last call is at least `intervalMs` old, else as soon as it is. */
export function createPacer(work: () => void, intervalMs: number, clock: PacerClock): Pacer {
  let lastMs = -Infinity;
  let cancel: (() => void) | undefined;
  const run = () => {
    cancel = undefined;
    lastMs = clock.now();
    work();
  };
  return {
    request: () => {
      if (cancel !== undefined) return;
      const restMs = lastMs + intervalMs - clock.now();
      if (restMs <= 0) run();
      else cancel = clock.after(restMs, run);
    },
    stop: () => {
      cancel?.();
      cancel = () => undefined;
    },
  };
}

/** The process's own clock; a timer keeps nothing alive. */
export const processClock: PacerClock = {
  now: () => performance.now(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs).unref();
    return () => clearTimeout(timer);
  },
};
