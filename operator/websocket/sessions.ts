// All connections that have been let in: looked after together, and ended together.
import { setTimeout as sleep } from 'node:timers/promises';
import { closeCodes, type Topic } from '../../src/protocol/messages.ts';
import type { Clock } from '../manager/clock.ts';
import type { StreamTimes } from './limits.ts';
import type { Session } from './session.ts';

const lookMs = 10;

/** From start to stop they are looked after. */
export class Sessions {
  readonly #all = new Set<Session>();
  readonly #clock: Clock;
  readonly #times: Pick<StreamTimes, 'tickMs' | 'drainMs'>;
  #cancel = (): void => undefined;

  constructor(clock: Clock, times: Pick<StreamTimes, 'tickMs' | 'drainMs'>) {
    this.#clock = clock;
    this.#times = times;
  }

  add(session: Session): void {
    this.#all.add(session);
  }

  remove(session: Session): void {
    this.#all.delete(session);
  }

  /** Subscriptions of all of them, by topic. */
  countSubscriptions(): ReadonlyMap<Topic, number> {
    const counts = new Map<Topic, number>();
    for (const session of this.#all)
      for (const topic of session.topics()) counts.set(topic, (counts.get(topic) ?? 0) + 1);
    return counts;
  }

  start(): void {
    this.#cancel = this.#clock.setTimer(() => {
      for (const session of this.#all) session.tick();
      this.start();
    }, this.#times.tickMs);
  }

  /** Asks all of them to go: another replica is there for them. */
  sayGoodbye(): void {
    for (const session of this.#all) session.end('stopping', closeCodes.goingAway, 'this replica is going');
  }

  /** Until they are gone; those who take too long are cut off. */
  async stop(): Promise<void> {
    this.#cancel();
    this.sayGoodbye();
    const from = this.#clock.now();
    while (this.#all.size > 0 && this.#clock.now() - from < this.#times.drainMs) await sleep(lookMs);
    for (const session of this.#all) session.terminate();
  }
}
