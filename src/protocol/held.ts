// What a reader holds of one topic: states and events in, changes out, each told once.
import { isDeepStrictEqual } from 'node:util';
import { keyOf } from './item-identity.ts';
import type { ItemOf } from './items.ts';
import type { EventType, Topic } from './messages.ts';

/** One change of what is held; `previous` is what was held before it. */
export interface HeldChange<T extends Topic> {
  eventType: EventType;
  item: ItemOf[T];
  previous: ItemOf[T] | undefined;
}

/** A page of a state, as {@link ResyncMessage} has it. */
export interface HeldPage<T extends Topic> {
  items: readonly ItemOf[T][];
  page: number;
  isLast: boolean;
}

/** What is held of one topic. */
export interface Held<T extends Topic> {
  readonly items: ReadonlyMap<string, ItemOf[T]>;
  /** Whether a whole state was taken once. */
  readonly isWhole: boolean;
  /** Undefined while pages are missing; with the last one what has changed against what was held before. */
  takePage(page: HeldPage<T>): readonly HeldChange<T>[] | undefined;
  /** The connection is gone: pages that came so far are worth nothing. What is held stays. */
  forgetPages(): void;
  /** A whole state, at once. */
  takeState(items: Iterable<ItemOf[T]>): readonly HeldChange<T>[];
  /** Not of the subscription whose pages are coming in: those two are never mixed. `isGone`: the item does not exist any more. Undefined where nothing has changed by it, or no state was taken that it could change. */
  takeEvent(item: ItemOf[T], isGone: boolean): HeldChange<T> | undefined;
}

/** Nothing held yet. */
export function createHeld<T extends Topic>(topic: T): Held<T> {
  return new HeldItems(topic);
}

class HeldItems<T extends Topic> implements Held<T> {
  readonly #topic: T;
  #items = new Map<string, ItemOf[T]>();
  #pages: { last: number; items: Map<string, ItemOf[T]> } | undefined;
  #isWhole = false;

  constructor(topic: T) {
    this.#topic = topic;
  }

  get items(): ReadonlyMap<string, ItemOf[T]> {
    return this.#items;
  }

  get isWhole(): boolean {
    return this.#isWhole;
  }

  takePage({ items, page, isLast }: HeldPage<T>): readonly HeldChange<T>[] | undefined {
    // A page that is not after the one before begins a state of its own.
    if (this.#pages === undefined || page <= this.#pages.last) this.#pages = { last: page, items: new Map() };
    this.#pages.last = page;
    const fresh = this.#pages.items;
    for (const item of items) fresh.set(keyOf(this.#topic, item), item);
    if (!isLast) return undefined;
    this.#pages = undefined;
    return this.#replace(fresh);
  }

  forgetPages(): void {
    this.#pages = undefined;
  }

  takeState(items: Iterable<ItemOf[T]>): readonly HeldChange<T>[] {
    const fresh = new Map<string, ItemOf[T]>();
    for (const item of items) fresh.set(keyOf(this.#topic, item), item);
    this.#pages = undefined;
    return this.#replace(fresh);
  }

  takeEvent(item: ItemOf[T], isGone: boolean): HeldChange<T> | undefined {
    if (!this.#isWhole) return undefined;
    const key = keyOf(this.#topic, item);
    return isGone ? this.#remove(key) : this.#put(key, item);
  }

  /** What went first, then what came or changed: whoever plays it back never holds more than there was. */
  #replace(fresh: ReadonlyMap<string, ItemOf[T]>): readonly HeldChange<T>[] {
    this.#isWhole = true;
    const gone = [...this.#items.keys()].filter((key) => !fresh.has(key)).map((key) => this.#remove(key));
    const others = [...fresh].map(([key, item]) => this.#put(key, item));
    return [...gone, ...others].filter((change) => change !== undefined);
  }

  #remove(key: string): HeldChange<T> | undefined {
    const previous = this.#items.get(key);
    if (previous === undefined) return undefined;
    this.#items.delete(key);
    return { eventType: 'deleted', item: previous, previous };
  }

  #put(key: string, item: ItemOf[T]): HeldChange<T> | undefined {
    const previous = this.#items.get(key);
    // What was told stays, so that each change begins where the one before it ended.
    if (previous !== undefined && isSameState(previous, item)) return undefined;
    this.#items.set(key, item);
    const eventType = previous === undefined ? 'created' : toUpdateType(previous, item);
    return { eventType, item, previous };
  }
}

/** By the version of the object; and where that is another one, by all that an item says: much of an object is in no item. */
function isSameState(one: ItemOf[Topic], other: ItemOf[Topic]): boolean {
  if (one.resourceVersion === other.resourceVersion) return true;
  return isDeepStrictEqual({ ...one, resourceVersion: '' }, { ...other, resourceVersion: '' });
}

/** `nodeAdded` and `nodeRemoved` where a ClusterPersona counts more or fewer nodes than before. */
export function toUpdateType(previous: ItemOf[Topic], item: ItemOf[Topic]): EventType {
  if (!('nodeCount' in previous) || !('nodeCount' in item)) return 'updated';
  if (item.nodeCount === previous.nodeCount) return 'updated';
  return item.nodeCount > previous.nodeCount ? 'nodeAdded' : 'nodeRemoved';
}
