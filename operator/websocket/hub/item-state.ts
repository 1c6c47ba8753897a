// The items of a topic, as they stand and as they change.
import type { Kept, KeptChange } from './kept.ts';
import type { Source } from './source.ts';

/** Who follows them. */
export interface StateListener {
  onChange(change: KeptChange): void;
  onStatus(): void;
}

/** All items of one topic. */
export interface ItemState {
  /** Live, by the key of the item, in the order of `Kept.order`. */
  readonly items: ReadonlyMap<string, Kept>;
  readonly sources: readonly Source[];
  start(listener: StateListener): void;
  stop(): void;
}

/** Where each object of a source is an item. */
export function createPlainState(source: Source): ItemState {
  let following: StateListener | undefined;
  return {
    get items() {
      return source.objects;
    },
    sources: [source],
    start: (listener) => {
      following = listener;
      source.add(listener);
    },
    stop: () => {
      if (following !== undefined) source.remove(following);
    },
  };
}
