// Lets others have their turn in long work: a stream, a webhook or a probe does not wait for what is learnt of ten thousand workloads.
import { setImmediate } from 'node:timers/promises';

/** Nobody waits for longer at a time. */
const mostBusyMs = 8;

/** To be awaited between steps: at once while there is time left, otherwise after everybody else's turn. */
export type Breathe = () => Promise<void> | undefined;

/** Begins now. `now`: monotonic milliseconds. */
export function createBreather(now: () => number = () => performance.now()): Breathe {
  let sinceMs = now();
  return () => {
    if (now() - sinceMs < mostBusyMs) return undefined;
    return setImmediate().then(() => {
      sinceMs = now();
    });
  };
}

/** What the steps give, with a turn for others where they take long. */
export async function collectSteps<T>(
  steps: Iterable<T | undefined>,
  breathe = createBreather(),
): Promise<T[]> {
  const collected: T[] = [];
  for (const step of steps) {
    if (step !== undefined) collected.push(step);
    await breathe();
  }
  return collected;
}
