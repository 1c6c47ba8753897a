// Answers that are kept for a short time, so many at most, each asked for once at a time.
import { QuestionGate } from './question-gate.ts';

/** How long an answer is kept, in milliseconds. */
export type KeptMs<T> = (value: T) => number;

/** The bounds. */
export interface BoundedCacheOptions<T> {
  /** Answers that are kept. */
  capacity: number;
  /** Questions that are open at a time. */
  mostAtOnce: number;
  /** Questions that wait until one of those is answered; none where it is left out. */
  mostWaiting?: number;
  keptMs: KeptMs<T>;
  now: () => number;
}

/** Keys are hashed by the caller where they are secrets. */
export class BoundedCache<T> {
  readonly #answers = new Map<string, { value: T; at: number }>();
  readonly #asking = new Map<string, Promise<T>>();
  readonly #gate: QuestionGate;
  readonly #capacity: number;
  readonly #keptMs: KeptMs<T>;
  readonly #now: () => number;

  constructor({ capacity, mostAtOnce, mostWaiting = 0, keptMs, now }: BoundedCacheOptions<T>) {
    this.#capacity = capacity;
    this.#gate = new QuestionGate({ mostAtOnce, mostWaiting });
    this.#keptMs = keptMs;
    this.#now = now;
  }

  /**
   * The kept answer, where it is no older than `maxAgeMs`, or what `ask` gives; failures are not kept.
   * Rejects where too many are being asked for at once.
   */
  async get(key: string, ask: () => Promise<T>, maxAgeMs = Infinity): Promise<T> {
    const kept = this.#answers.get(key);
    if (kept !== undefined && this.#now() < kept.at + Math.min(maxAgeMs, this.#keptMs(kept.value)))
      return kept.value;
    const running = this.#asking.get(key);
    if (running !== undefined) return running;
    const asking = this.#gate.pass(ask).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    const value = await asking;
    this.#keep(key, value);
    return value;
  }

  #keep(key: string, value: T): void {
    this.#answers.delete(key);
    this.#answers.set(key, { value, at: this.#now() });
    if (this.#answers.size <= this.#capacity) return;
    const [oldest] = this.#answers.keys();
    if (oldest !== undefined) this.#answers.delete(oldest);
  }
}
