// Time for the parts that wait: monotonic, so that a clock that is set does no harm, and replaceable, so that tests need not wait.
import { performance } from 'node:perf_hooks';

/** Time that passes. */
export interface Clock {
  /** Milliseconds from some fixed point; never goes back. */
  now(): number;
  /** Calls once after so long, and gives what cancels that. Does not keep the process alive. */
  setTimer(callback: () => void, delayMs: number): () => void;
  /** Calls once what is on its way (sockets, timers) has had its turn. */
  defer(callback: () => void): void;
}

/** Node refuses more: a longer wait ends early, and whoever waits looks at the time again. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's own. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer: (callback, delayMs) => {
    const timer = setTimeout(callback, Math.min(Math.max(0, delayMs), longestTimerMs));
    timer.unref();
    return () => clearTimeout(timer);
  },
  defer: (callback) => void setImmediate(callback),
};
