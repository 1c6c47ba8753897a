// A clock that tests move: timers fire in their order, promises settle in between.
import type { Clock } from '../../../operator/manager/clock.ts';

/** Moves by {@link advance} only. */
export class FakeClock implements Clock {
  time = 0;
  #timers: { at: number; callback: () => void }[] = [];
  #deferred: (() => void)[] = [];

  now(): number {
    return this.time;
  }

  setTimer(callback: () => void, delayMs: number): () => void {
    const timer = { at: this.time + Math.max(0, delayMs), callback };
    this.#timers.push(timer);
    return () => void (this.#timers = this.#timers.filter((other) => other !== timer));
  }

  defer(callback: () => void): void {
    this.#deferred.push(callback);
  }

  /** Until so many milliseconds have passed and all that was to happen by then has happened. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      await this.settle();
      const next = this.#timers.reduce<{ at: number; callback: () => void } | undefined>(
        (first, timer) => (first === undefined || timer.at < first.at ? timer : first),
        undefined,
      );
      if (next === undefined || next.at > end) break;
      this.time = Math.max(this.time, next.at);
      this.#timers = this.#timers.filter((timer) => timer !== next);
      next.callback();
    }
    this.time = end;
    await this.settle();
  }

  /** Promises, and what was deferred. */
  async settle(): Promise<void> {
    do {
      for (const callback of this.#deferred.splice(0)) callback();
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    } while (this.#deferred.length > 0);
  }

  /** A promise that is fulfilled in so many milliseconds of this clock. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.setTimer(resolve, ms));
  }
}
