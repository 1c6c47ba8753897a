// What a source of a feed tells: states and changes as they come, without a memory of what was told before.
import type { ItemOf } from '../../protocol/items.ts';
import type { Topic } from '../../protocol/messages.ts';

/** Whoever takes it. `timestamp` is RFC 3339. */
export interface FeedSink<T extends Topic> {
  /** All there is at this moment. */
  onState(items: Iterable<ItemOf[T]>, timestamp: string): void;
  /** One item as it is now; `isGone`: as it was last. */
  onItem(item: ItemOf[T], isGone: boolean, timestamp: string): void;
}
