// Work on many things at once, a limited number at a time.

/** Calls `work` for each item, `width` at once, in their order; rejects with the first failure, and begins nothing after it. */
export async function inParallel<T>(
  items: Iterable<T>,
  width: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  // One iterator for all workers: each takes what is next.
  const queue = items[Symbol.iterator]();
  let hasFailed = false;
  const worker = async (): Promise<void> => {
    for (;;) {
      const next = hasFailed ? undefined : queue.next();
      if (next === undefined || next.done === true) return;
      await work(next.value).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
}
