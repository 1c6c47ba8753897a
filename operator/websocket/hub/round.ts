// Changes on their way, by reader: what one reader gets leaves together, in one record of its socket, and everybody else waits no longer than a slice.
import type { Delivery } from './delivery.ts';
import type { Follower } from './follower.ts';

/** Deliveries that are made out at once; more changes wait. */
const maxDeliveries = 100_000;

/** Some changes, for everybody whom they may concern. Filled, then given away, then filled again. */
export class Round {
  /** Most readers get one: a list for each would cost more than all the rest. */
  readonly #queues = new Map<Follower, Delivery | Delivery[]>();
  #rest: Iterator<[Follower, Delivery | Delivery[]]> | undefined;
  #size = 0;

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  get isFull(): boolean {
    return this.#size >= maxDeliveries;
  }

  add(follower: Follower, delivery: Delivery): void {
    const queue = this.#queues.get(follower);
    if (queue === undefined) this.#queues.set(follower, delivery);
    else if (Array.isArray(queue)) queue.push(delivery);
    else this.#queues.set(follower, [queue, delivery]);
    this.#size += 1;
  }

  /** Gives one reader all that it is to get, and says whether it has fallen behind by it; undefined where nobody is left. */
  giveNext(): { follower: Follower; hasFallen: boolean } | undefined {
    // One walk through all: a map that is emptied from its front is walked again and again.
    this.#rest ??= this.#queues.entries();
    const next = this.#rest.next();
    if (next.done === true) {
      this.clear();
      return undefined;
    }
    const [follower, queue] = next.value;
    if (!Array.isArray(queue)) return { follower, hasFallen: follower.take(queue) === 'fallen' };
    let hasFallen = false;
    for (const delivery of queue) hasFallen = follower.take(delivery) === 'fallen' || hasFallen;
    return { follower, hasFallen };
  }

  clear(): void {
    this.#queues.clear();
    this.#rest = undefined;
    this.#size = 0;
  }
}
