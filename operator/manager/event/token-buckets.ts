// How much each of many may say: a burst, then one at a time. Who has not been heard of for long is forgotten.

interface Bucket {
  tokens: number;
  at: number;
}

/** A bucket for each key; the least recently used ones go when there are too many. */
export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>();
  readonly #burst: number;
  readonly #refillMs: number;
  readonly #capacity: number;

  constructor({ burst, refillMs, capacity }: { burst: number; refillMs: number; capacity: number }) {
    this.#burst = burst;
    this.#refillMs = refillMs;
    this.#capacity = capacity;
  }

  /** Takes a token of the key; false where it has none left. */
  take(key: string, now: number): boolean {
    const before = this.#buckets.get(key) ?? { tokens: this.#burst, at: now };
    const tokens = Math.min(this.#burst, before.tokens + Math.max(0, now - before.at) / this.#refillMs);
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    if (this.#buckets.size > this.#capacity) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    return tokens >= 1;
  }
}
