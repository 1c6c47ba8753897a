// Looks at every key again from time to time, a few at once, so that nothing that was missed stays missed.
import { systemClock, type Clock } from './clock.ts';
import type { Component } from './component.ts';
import type { WorkQueue } from './work-queue.ts';

/** What is looked at, and how often. */
export interface ResyncOptions {
  /** Asked at the start of each round; a live map. */
  keys: () => ReadonlyMap<string, unknown>;
  /** A round takes this, give or take a tenth, so that replicas and controllers drift apart. */
  intervalMs: number;
  clock?: Clock;
  random?: () => number;
}

/** The keys of a round are handed out in so many steps. */
const steps = 200;

/** Adds all keys at lowest priority, evenly over each round. */
export function createResync(queue: Pick<WorkQueue, 'add'>, options: ResyncOptions): Component {
  const { keys, intervalMs, clock = systemClock, random = Math.random } = options;
  let cancel = (): void => undefined;

  const beginRound = (): void => {
    const all = keys();
    const iterator = all.keys();
    const lengthMs = intervalMs * (0.9 + 0.2 * random());
    const startedAt = clock.now();
    let handedOut = 0;
    const step = (): void => {
      const share = Math.min(1, (clock.now() - startedAt) / lengthMs);
      // The map may grow and shrink on the way: the last step takes whatever is left.
      while (share >= 1 || handedOut < share * all.size) {
        const next = iterator.next();
        if (next.done === true) break;
        queue.add(next.value, { priority: 'resync' });
        handedOut += 1;
      }
      if (share >= 1) beginRound();
      else cancel = clock.setTimer(step, lengthMs / steps);
    };
    cancel = clock.setTimer(step, lengthMs / steps);
  };

  return {
    name: 'resync',
    start: () => {
      beginRound();
      return Promise.resolve();
    },
    stop: () => {
      cancel();
      return Promise.resolve();
    },
    whyNotReady: () => undefined,
  };
}
