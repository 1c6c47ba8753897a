// What a live table has of each item: what it is now, and which of its cells changed when.
import type { FeedChange } from '../../cluster/follow/feed.ts';
import type { ItemOf } from '../../protocol/items.ts';
import type { Topic } from '../../protocol/messages.ts';
import { compareText } from '../../api/compare-text.ts';
import { formatItemName, type ViewColumn } from './view.ts';

/** How long a change stands out, and a deleted row stays. */
export const FRESH_MS = 5_000;

/** One row. Times are milliseconds since the epoch. */
export interface HeldRow<I> {
  item: I;
  /** By heading. */
  changedAtMs: ReadonlyMap<string, number>;
  /** When anything of it changed before our eyes. */
  lastChangeMs: number | undefined;
  /** What it was before that, in one word. */
  was: string | undefined;
  isDeleted: boolean;
}

/** The rows by namespace and name. */
export interface HeldRows<T extends Topic> {
  take(items: readonly ItemOf[T][]): void;
  change(change: FeedChange<T>, nowMs: number): void;
  /** Sorted; deleted ones that have been shown long enough are gone. */
  list(nowMs: number): readonly HeldRow<ItemOf[T]>[];
}

/** Rows whose cells are compared column by column; `state` is the word for what an item was. */
export function createHeldRows<T extends Topic>(
  columns: readonly ViewColumn<ItemOf[T]>[],
  state: (item: ItemOf[T]) => string,
): HeldRows<T> {
  const rows = new Map<string, HeldRow<ItemOf[T]>>();
  let sorted: readonly HeldRow<ItemOf[T]>[] | undefined;
  return {
    take: (items) => {
      rows.clear();
      sorted = undefined;
      for (const item of items)
        rows.set(keyOf(item), {
          item,
          changedAtMs: new Map(),
          lastChangeMs: undefined,
          was: undefined,
          isDeleted: false,
        });
    },
    change: ({ eventType, item, previous }, nowMs) => {
      const key = keyOf(item);
      const isDeleted = eventType === 'deleted';
      const old = rows.get(key);
      sorted = undefined;
      rows.set(key, {
        item,
        changedAtMs: mark(columns, { item, previous, isDeleted }, old?.changedAtMs ?? new Map(), nowMs),
        lastChangeMs: nowMs,
        was: previous === undefined || state(previous) === state(item) ? undefined : state(previous),
        isDeleted,
      });
    },
    list: (nowMs) => {
      for (const [key, row] of rows)
        if (row.isDeleted && nowMs - (row.lastChangeMs ?? 0) >= FRESH_MS) {
          rows.delete(key);
          sorted = undefined;
        }
      sorted ??= [...rows.entries()]
        .sort(([left], [right]) => compareText(left, right))
        .map(([, row]) => row);
      return sorted;
    },
  };
}

/** The cells that look otherwise than before; all of a row that was not there or is no more. */
function mark<I>(
  columns: readonly ViewColumn<I>[],
  { item, previous, isDeleted }: { item: I; previous: I | undefined; isDeleted: boolean },
  before: ReadonlyMap<string, number>,
  nowMs: number,
): ReadonlyMap<string, number> {
  const marked = new Map(before);
  for (const { heading, read } of columns)
    if (isDeleted || previous === undefined || (read(previous) ?? '') !== (read(item) ?? ''))
      marked.set(heading, nowMs);
  return marked;
}

/** A character that no name has separates, so that all of one namespace stand together. */
const keyOf = (item: { name: string; namespace?: string }) => formatItemName(item).replace('/', '\0');
