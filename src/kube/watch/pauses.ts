// How long to wait before the next request: by what went wrong, how often, and what the server asks for.
import type { Ending, EndingReason } from './endings.ts';
import type { WatchTuning } from './tuning.ts';

/** Counts failures. */
export interface Pauses {
  /** Milliseconds to wait. `livedMs` is how long the stream was open; 0 where it never was. */
  after(ending: Pick<Ending, 'reason' | 'retryAfterMs'>, livedMs: number): number;
}

type Group = 'unreachable' | 'refused' | 'answered';

/** Failures are counted within a group: a server that is back after minutes is not to be waited for as if it still was away. */
export function createPauses(tuning: Required<WatchTuning>): Pauses {
  let failures = 0;
  let group: Group = 'answered';
  return {
    after({ reason, retryAfterMs }, livedMs) {
      const next = groupOf(reason);
      if (next !== group || livedMs >= tuning.steadyMs) failures = 0;
      group = next;
      const pauseMs = pauseOf(reason, failures, tuning);
      failures += 1;
      if (retryAfterMs === undefined) return pauseMs;
      const askedMs = Math.min(retryAfterMs, tuning.longestRetryAfterMs);
      // Those who were sent away together come back apart.
      return Math.max(pauseMs, askedMs * (1 + tuning.random() / 4));
    },
  };
}

/** A server that starts refuses for a second or three, before it has read its permissions and kinds: that is no reason to wait for long. */
const quickRefusals = 5;

function groupOf(reason: EndingReason): Group {
  return reason === 'unreachable' || reason === 'refused' ? reason : 'answered';
}

function pauseOf(reason: EndingReason, failures: number, tuning: Required<WatchTuning>): number {
  const { firstPauseMs, lastPauseMs, refusedPauseMs, unreachablePauseMs, random } = tuning;
  const doubled = (firstMs: number, mostMs: number, times = failures) =>
    Math.min(mostMs, firstMs * 2 ** times);
  // A permission or a kind comes back when somebody gives it, not sooner for being asked at random.
  if (reason === 'refused') {
    const times = Math.max(0, failures + 1 - quickRefusals);
    return doubled(refusedPauseMs, lastPauseMs, times) * (0.8 + random() / 5);
  }
  // That a list is needed is no failure, unless it is needed again at once.
  if (failures === 0 && (reason === 'expired' || reason === 'rejected')) return 0;
  return random() * doubled(firstPauseMs, reason === 'unreachable' ? unreachablePauseMs : lastPauseMs);
}
