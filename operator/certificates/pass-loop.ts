// Looks at something now and then, and whenever it has changed: one look at a time.
import type { Clock } from '../manager/clock.ts';

/** What to do and how often. */
export interface PassOptions {
  clock: Clock;
  /** Also without a change: a wall clock that was set, a machine that slept, a pause that is over. */
  everyMs: number;
  /** Never rejects. */
  pass: () => Promise<void>;
}

/** Runs from start to stop. */
export class PassLoop {
  readonly #options: PassOptions;
  #isRunning = false;
  #isAgain = false;
  #isDeferred = false;
  #turn: Promise<void> | undefined;
  #cancel = (): void => undefined;

  constructor(options: PassOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isRunning = true;
    this.wake();
  }

  /** After the look that is under way, or soon: what comes in one go is looked at once. */
  readonly wake = (): void => {
    if (!this.#isRunning) return;
    if (this.#turn !== undefined) this.#isAgain = true;
    else if (!this.#isDeferred) {
      this.#isDeferred = true;
      this.#options.clock.defer(() => {
        this.#isDeferred = false;
        this.#begin();
      });
    }
  };

  /** Waits for the look that is under way. */
  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#cancel();
    await this.#turn;
  }

  #begin(): void {
    if (!this.#isRunning || this.#turn !== undefined) return;
    this.#cancel();
    this.#isAgain = false;
    const { clock, everyMs, pass } = this.#options;
    this.#turn = pass().then(() => {
      this.#turn = undefined;
      if (!this.#isRunning) return;
      this.#cancel = clock.setTimer(() => this.#begin(), everyMs);
      if (this.#isAgain) this.wake();
    });
  }
}
