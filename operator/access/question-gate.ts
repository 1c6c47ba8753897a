// How many questions are open at a time: the rest wait their turn, and when too many wait, the next one is told so.

/** The bounds. */
export interface GateLimits {
  /** Questions that are open at a time. */
  mostAtOnce: number;
  /** More than these, waiting. */
  mostWaiting: number;
}

/** First come, first served. */
export class QuestionGate {
  readonly #limits: GateLimits;
  readonly #waiting: (() => void)[] = [];
  #open = 0;

  constructor(limits: GateLimits) {
    this.#limits = limits;
  }

  /** What `ask` gives. @throws Error where too many wait already, and what `ask` throws */
  async pass<T>(ask: () => Promise<T>): Promise<T> {
    const { mostAtOnce, mostWaiting } = this.#limits;
    if (this.#open >= mostAtOnce) {
      if (this.#waiting.length >= mostWaiting) throw new Error('too many questions at once');
      // Whoever ends hands its place over: the count stays.
      await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    } else this.#open += 1;
    try {
      return await ask();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#open -= 1;
      else next();
    }
  }
}
