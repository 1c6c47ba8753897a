// Subscriptions by what they are about, so that a change walks past nobody whom it cannot concern.
import type { Interest, Topic } from '../../../src/protocol/messages.ts';

/** Of one topic. */
export class InterestIndex<S> {
  readonly #topic: Topic;
  readonly #everywhere = new Set<S>();
  readonly #places = new Map<string, Set<S>>();

  constructor(topic: Topic) {
    this.#topic = topic;
  }

  add(subscription: S, interest: Interest): void {
    const place = this.#placeOf(interest);
    if (place === undefined) {
      this.#everywhere.add(subscription);
      return;
    }
    const there = this.#places.get(place) ?? new Set();
    this.#places.set(place, there.add(subscription));
  }

  remove(subscription: S, interest: Interest): void {
    const place = this.#placeOf(interest);
    if (place === undefined) {
      this.#everywhere.delete(subscription);
      return;
    }
    const there = this.#places.get(place);
    there?.delete(subscription);
    if (there?.size === 0) this.#places.delete(place);
  }

  /** Calls with whomever an item of this name may concern; a name without a namespace is looked at there. */
  visit(namespace: string, name: string, call: (subscription: S) => void): void {
    this.#everywhere.forEach(call);
    this.#places.get(`${namespace}/`)?.forEach(call);
    this.#places.get(`${namespace}/${name}`)?.forEach(call);
  }

  /** `shop/`, `shop/cart`; undefined for all. Objects of topic cluster have no namespace, whatever is asked for. */
  #placeOf({ namespace, name }: Interest): string | undefined {
    if (this.#topic === 'cluster') return name === undefined ? undefined : `/${name}`;
    return namespace === undefined ? undefined : `${namespace}/${name ?? ''}`;
  }
}
