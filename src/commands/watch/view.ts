// How one topic is shown, whatever it is shown on: its columns, its facts, and what of it is worth a look.
import type { FeedChange } from '../../cluster/follow/feed.ts';
import type { Topic } from '../../protocol/messages.ts';
import type { ItemOf } from '../../protocol/items.ts';

/** Set where a state is abnormal. */
export type Tone = 'failing' | 'warning' | undefined;

/** A column of the live table. */
export interface ViewColumn<I> {
  heading: string;
  /** See LiveHeading. */
  importance: number;
  least?: number;
  /** Empty or undefined where nothing is known. */
  read: (item: I) => string | undefined;
  tone?: (item: I) => Tone;
  /** Left out where no row has anything in it. */
  isOptional?: boolean;
}

/** One thing that is known of an item, in words that say what they are about: `2/3 replicas`. */
export interface Fact {
  /** Facts of one name are compared. */
  name: string;
  text: string;
  tone?: Tone;
  /** Says that there is nothing: told only where there was something, `no issues`. */
  isNothing?: boolean;
}

/** What of the columns there is. */
export interface ColumnChoice {
  /** Over several namespaces. */
  hasNamespace: boolean;
  isWide: boolean;
}

/** A topic whose items have a state. Texts are still to be escaped. */
export interface StateView<T extends Topic> {
  columns: (choice: ColumnChoice) => readonly ViewColumn<ItemOf[T]>[];
  facts: (item: ItemOf[T], isWide: boolean) => readonly Fact[];
  /** Why it is as it is; empty where nothing has to be said. */
  why: (item: ItemOf[T]) => string;
  /** 0 for what is well; what is worse has more. */
  rank: (item: ItemOf[T]) => number;
  /** The word by which rows that are not shown are counted: `Active`. */
  state: (item: ItemOf[T]) => string;
  /** RFC 3339: when it changed last, as far as its own words say. */
  changedAt: (item: ItemOf[T]) => string | undefined;
}

/** What a program is told of one change: one line of -o json, without time and event type. */
export type ToDocument<T extends Topic> = (item: ItemOf[T]) => object;

/** The state that a watch begins with, as changes. */
export function toFirstChanges<T extends Topic>(
  items: readonly ItemOf[T][],
  timestamp: string,
): FeedChange<T>[] {
  return items.map((item) => ({ eventType: 'created', item, previous: undefined, timestamp }));
}

/** `store/shop`; `production-eu` of what has no namespace. */
export function formatItemName(item: { name: string; namespace?: string }): string {
  return item.namespace === undefined ? item.name : `${item.namespace}/${item.name}`;
}

/** A fact, or that there is none. */
export function toFact(name: string, text: string | undefined, nothing: string, tone?: Tone): Fact {
  return text === undefined || text === '' ? { name, text: nothing, isNothing: true } : { name, text, tone };
}
