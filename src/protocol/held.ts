// What a reader holds of one topic: states and events in, changes out, each told once.
//
// A source may know less than the one before it: another replica, or a hub that lags behind the API server. What it says then goes back in time, and it
// will say soon what was told already. So what seems to go back is doubted, and believed only when it was not taken back after a while.
import { isDeepStrictEqual } from 'node:util';
import { isOlder } from '../api/resource-version.ts';
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
  /** Something was said that is older than what is held, and nothing newer since. */
  readonly isDoubtful: boolean;
  /** Believes it: history was wound back, or there is no word to come. */
  believe(): readonly HeldChange<T>[];
}

/** Items that are known to be gone, at most: a source that lags is soon past them. */
const mostGone = 1000;

/** Nothing held yet. */
export function createHeld<T extends Topic>(topic: T): Held<T> {
  return new HeldItems(topic);
}

class HeldItems<T extends Topic> implements Held<T> {
  readonly #topic: T;
  #items = new Map<string, ItemOf[T]>();
  #pages: { last: number; items: Map<string, ItemOf[T]> } | undefined;
  #isWhole = false;
  /** What was said of items and goes back; undefined: that they are gone. */
  readonly #doubts = new Map<string, ItemOf[T] | undefined>();
  /** Of items that are gone, a version that none of them can have had. */
  readonly #gone = new Map<string, string>();
  #latest = '0';

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
    return isGone ? this.#remove(key, item.resourceVersion) : this.#put(key, item);
  }

  get isDoubtful(): boolean {
    return this.#doubts.size > 0;
  }

  believe(): readonly HeldChange<T>[] {
    const doubts = [...this.#doubts];
    this.#doubts.clear();
    const changes = doubts.map(([key, item]) =>
      item === undefined ? this.#drop(key) : this.#set(key, item),
    );
    return changes.filter((change) => change !== undefined);
  }

  /** What went first, then what came or changed: whoever plays it back never holds more than there was. */
  #replace(fresh: ReadonlyMap<string, ItemOf[T]>): readonly HeldChange<T>[] {
    this.#isWhole = true;
    let latest = '0';
    for (const { resourceVersion } of fresh.values()) latest = later(latest, resourceVersion);
    for (const key of this.#doubts.keys()) if (!fresh.has(key)) this.#doubts.delete(key);
    const missing = [...this.#items.keys()].filter((key) => !fresh.has(key));
    const gone = missing.map((key) => this.#remove(key, latest));
    const others = [...fresh].map(([key, item]) => this.#put(key, item));
    return [...gone, ...others].filter((change) => change !== undefined);
  }

  /** `version`: of the moment, as far as it is known. */
  #remove(key: string, version: string): HeldChange<T> | undefined {
    const previous = this.#items.get(key);
    this.#doubts.delete(key);
    if (previous === undefined) return undefined;
    if (!isOlder(version, previous.resourceVersion)) return this.#drop(key);
    this.#doubts.set(key, undefined);
    return undefined;
  }

  #put(key: string, item: ItemOf[T]): HeldChange<T> | undefined {
    const { resourceVersion } = item;
    const known = this.#items.get(key)?.resourceVersion;
    const gone = this.#gone.get(key);
    const isBackward =
      (known !== undefined && isOlder(resourceVersion, known)) ||
      (gone !== undefined && (resourceVersion === gone || isOlder(resourceVersion, gone)));
    this.#latest = later(this.#latest, resourceVersion);
    this.#doubts.delete(key);
    if (!isBackward) return this.#set(key, item);
    this.#doubts.set(key, item);
    return undefined;
  }

  #drop(key: string): HeldChange<T> | undefined {
    const previous = this.#items.get(key);
    if (previous === undefined) return undefined;
    this.#items.delete(key);
    this.#gone.set(key, this.#latest);
    const [oldest] = this.#gone.keys();
    if (this.#gone.size > mostGone && oldest !== undefined) this.#gone.delete(oldest);
    return { eventType: 'deleted', item: previous, previous };
  }

  #set(key: string, item: ItemOf[T]): HeldChange<T> | undefined {
    const previous = this.#items.get(key);
    this.#gone.delete(key);
    // What was told stays, so that each change begins where the one before it ended.
    if (previous !== undefined && isSameState(previous, item)) return undefined;
    this.#items.set(key, item);
    const eventType = previous === undefined ? 'created' : toUpdateType(previous, item);
    return { eventType, item, previous };
  }
}

function later(one: string, other: string): string {
  return isOlder(one, other) ? other : one;
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
