// The circuit breaker: who fails several times in a row is left alone for a while, then tried with one question.

/** What the breaker knows, for a metric or a message. */
export interface BreakerState {
  /** `open`: nobody asks; `half-open`: the next question is the trial. */
  state: 'closed' | 'open' | 'half-open';
  /** In a row. */
  failures: number;
  /** When the trial is, in milliseconds since 1970; undefined unless open. */
  untilMs: number | undefined;
}

/** After how many failures it opens, and for how long: twice as long after each failed trial. */
export interface BreakerLimits {
  failures: number;
  firstPauseMs: number;
  longestPauseMs: number;
}

/** Opens after three failures, for half a minute at first and five minutes at most. */
export const breakerLimits: BreakerLimits = {
  failures: 3,
  firstPauseMs: 30_000,
  longestPauseMs: 300_000,
};

/** Counts what is told to it; asks no clock. */
export interface Breaker {
  stateAt(nowMs: number): BreakerState;
  succeeded(): void;
  failed(nowMs: number): void;
}

export function createBreaker(limits: BreakerLimits = breakerLimits): Breaker {
  let failures = 0;
  let untilMs: number | undefined;
  let pauseMs = limits.firstPauseMs;
  return {
    stateAt(nowMs) {
      if (untilMs === undefined) return { state: 'closed', failures, untilMs };
      // A clock that was set back must not make a pause longer than any that we meant.
      if (nowMs >= untilMs || untilMs - nowMs > limits.longestPauseMs)
        return { state: 'half-open', failures, untilMs: undefined };
      return { state: 'open', failures, untilMs };
    },
    succeeded() {
      failures = 0;
      untilMs = undefined;
      pauseMs = limits.firstPauseMs;
    },
    failed(nowMs) {
      failures += 1;
      if (failures < limits.failures) return;
      if (untilMs !== undefined) pauseMs = Math.min(pauseMs * 2, limits.longestPauseMs);
      untilMs = nowMs + pauseMs;
    },
  };
}
