// One time of leading: it ends by itself when it was not renewed in time, whether or not anything runs that could notice.
import type { Clock } from '../clock.ts';
import { NotLeading } from '../leadership.ts';

/** A term lasts until `renewDeadlineMs` after the last renewal was begun, by a clock that nobody sets. */
export class Term {
  readonly #clock: Clock;
  readonly #renewDeadlineMs: number;
  readonly #aborter = new AbortController();
  readonly #onEnd: (reason: string) => void;
  #renewedAt: number;
  #cancel: () => void;

  constructor(
    { clock, renewDeadlineMs, startedAt }: { clock: Clock; renewDeadlineMs: number; startedAt: number },
    onEnd: (reason: string) => void,
  ) {
    this.#clock = clock;
    this.#renewDeadlineMs = renewDeadlineMs;
    this.#renewedAt = startedAt;
    this.#onEnd = onEnd;
    this.#cancel = this.#watch();
  }

  get signal(): AbortSignal {
    return this.#aborter.signal;
  }

  /** Milliseconds that are left; 0 when it is over. A process that was stopped finds out here, before any timer has fired. */
  get leftMs(): number {
    return this.#measure();
  }

  #measure(): number {
    if (this.#aborter.signal.aborted) return 0;
    const left = this.#renewedAt + this.#renewDeadlineMs - this.#clock.now();
    if (left <= 0) this.end('it could not be renewed in time');
    return Math.max(0, left);
  }

  /** A renewal that was begun at `startedAt` has succeeded. */
  renew(startedAt: number): void {
    if (this.leftMs === 0) return;
    this.#renewedAt = startedAt;
    this.#cancel();
    this.#cancel = this.#watch();
  }

  end(reason: string): void {
    if (this.#aborter.signal.aborted) return;
    this.#cancel();
    this.#aborter.abort(new NotLeading(reason));
    this.#onEnd(reason);
  }

  #watch(): () => void {
    const leftMs = this.#renewedAt + this.#renewDeadlineMs - this.#clock.now();
    return this.#clock.setTimer(() => this.#measure(), leftMs);
  }
}
