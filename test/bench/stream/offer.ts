// Changes that are made for subscribers to hear of: so many a second, or the next as soon as an earlier one has come to all.

/** Makes changes of one server. */
export interface Offer {
  /** So many a second for so long; resolves when the last of them has come. */
  steadily(rate: number, seconds: number): Promise<void>;
  /** So many on their way at once, for so long. */
  closely(window: number, seconds: number): Promise<void>;
  /** The change of this number has come to all. */
  arrived(number: number): void;
}

/** Longer than this no change takes. */
const patienceMs = 60_000;

/** `change` makes one that bears the mark. */
export function createOffer(change: (number: number, mark: string) => void): Offer {
  const open = new Set<number>();
  let next = 0;
  let onArrival = (): void => undefined;
  const make = (): void => {
    const number = next++;
    open.add(number);
    change(number, `${number}-${process.hrtime.bigint() / 1000n}`);
  };
  const untilAllCame = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${open.size} changes did not come`)), patienceMs);
      onArrival = () => {
        if (open.size > 0) return;
        clearTimeout(timer);
        resolve();
      };
      onArrival();
    });
  return {
    steadily: async (rate, seconds) => {
      const startedAt = performance.now();
      for (let made = 0; made < rate * seconds; made += 1) {
        const waitMs = startedAt + (made * 1000) / rate - performance.now();
        if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
        make();
      }
      await untilAllCame();
    },
    closely: async (window, seconds) => {
      const endsAt = performance.now() + seconds * 1000;
      onArrival = () => {
        if (performance.now() < endsAt && open.size < window) make();
      };
      for (let made = 0; made < window; made += 1) make();
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      await untilAllCame();
    },
    arrived: (number) => {
      open.delete(number);
      onArrival();
    },
  };
}
