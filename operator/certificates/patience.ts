// How soon something may be tried again: less and less often while it fails or others undo it, at once after a calm while.
import type { Clock } from '../manager/clock.ts';

/** What a try has come to. */
export type Attempt = 'done' | 'failed' | 'refused';

const firstMs = 100;
const lastMs: Record<Attempt, number> = { done: 5000, failed: 5000, refused: 30_000 };
/** After so long without a try the ones before are forgotten. */
const calmMs = 30_000;

/** Counts the tries of one thing. */
export class Patience {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #random: () => number;
  #tries = 0;
  #triedAt = -Infinity;
  #readyAt = -Infinity;

  constructor({ clock, random }: { clock: Pick<Clock, 'now'>; random: () => number }) {
    this.#clock = clock;
    this.#random = random;
  }

  get isReady(): boolean {
    return this.#clock.now() >= this.#readyAt;
  }

  tried(attempt: Attempt): void {
    const now = this.#clock.now();
    if (attempt === 'done' && now - this.#triedAt > calmMs) this.#tries = 0;
    this.#tries += 1;
    this.#triedAt = now;
    const pauseMs = Math.min(lastMs[attempt], firstMs * 2 ** (this.#tries - 1));
    // Replicas that were refused together come back apart.
    this.#readyAt = now + pauseMs * (0.5 + this.#random() / 2);
  }
}
