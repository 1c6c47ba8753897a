// Whether the API server answers at all: one small question after a silence, because the watches of a quiet cluster say nothing for a minute.
import type { KubeClient } from '../../src/kube/client.ts';
import { KubeError } from '../../src/kube/kube-error.ts';
import { systemClock, type Clock } from './clock.ts';
import type { Component } from './component.ts';
import type { Logger } from './logger.ts';

/** What it is made of. */
export interface PulseParts {
  client: Pick<KubeClient, 'request'>;
  logger: Logger;
  clock?: Clock;
}

/** Unready while no call is answered. */
export interface Pulse extends Component {
  /** To be called with each answer to any call, whatever it says. Who renews a Lease hears enough: then nothing is asked. */
  heard(): void;
}

/** Nine seconds from the last answer to being unready; faults are to show within ten. */
const quietMs = 5000;
const answerMs = 4000;
/** Between questions that are not answered. */
const pauseMs = 1000;

/** Not started. */
export function createPulse(parts: PulseParts): Pulse {
  return new LivePulse(parts);
}

class LivePulse implements Pulse {
  readonly name = 'api-server';
  readonly #parts: Required<PulseParts>;
  readonly #ending = new AbortController();
  #heardAt = 0;
  #failure: string | undefined;
  #cancel = (): void => undefined;
  #asking: Promise<void> = Promise.resolve();

  constructor(parts: PulseParts) {
    this.#parts = { clock: systemClock, ...parts };
  }

  heard(): void {
    this.#heardAt = this.#parts.clock.now();
    if (this.#failure === undefined) return;
    this.#failure = undefined;
    this.#parts.logger.info('The API server answers again');
  }

  start(): Promise<void> {
    this.#heardAt = this.#parts.clock.now();
    this.#wait(quietMs);
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    this.#cancel();
    await this.#asking;
  }

  whyNotReady(): string | undefined {
    return this.#failure;
  }

  #wait(delayMs: number): void {
    if (this.#ending.signal.aborted) return;
    this.#cancel = this.#parts.clock.setTimer(() => this.#look(), delayMs);
  }

  #look(): void {
    const leftMs = this.#heardAt + quietMs - this.#parts.clock.now();
    if (leftMs > 0) this.#wait(leftMs);
    else this.#asking = this.#ask().then((isAnswered) => this.#wait(isAnswered ? quietMs : pauseMs));
  }

  /** Neither a list nor a write, and open to every account; a refusal is an answer too. */
  async #ask(): Promise<boolean> {
    const { client, clock, logger } = this.#parts;
    const { signal } = this.#ending;
    const askedAt = clock.now();
    let failure: unknown;
    try {
      await client.request({ method: 'GET', path: '/livez', timeoutMs: answerMs, signal });
      this.heard();
    } catch (error) {
      failure = error;
      if (error instanceof KubeError && error.httpStatus !== undefined) this.heard();
    }
    if (signal.aborted || this.#heardAt >= askedAt) return true;
    const isNews = this.#failure === undefined;
    this.#failure = failure instanceof Error ? failure.message : String(failure);
    if (isNews) logger.warn('The API server does not answer', { reason: this.#failure });
    return false;
  }
}
