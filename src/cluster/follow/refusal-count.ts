// When a no of the API server is believed: an API server that starts refuses for a moment what it allows.

const limit = 4;
const leastMs = 3000;

/** Counts refusals without a success between them. */
export function createRefusalCount(now: () => number): { isFinal(): boolean; forget(): void } {
  let count = 0;
  let since = 0;
  return {
    /** Counts one; true where there were enough of them for long enough. */
    isFinal() {
      if (count === 0) since = now();
      count += 1;
      return count >= limit && now() - since >= leastMs;
    },
    forget: () => void (count = 0),
  };
}
