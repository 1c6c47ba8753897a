// Between sources and the listener of a feed: what was told is not told again, whichever source says it.
import { compareText } from '../../api/compare-text.ts';
import { createHeld, type HeldChange, type HeldPage } from '../../protocol/held.ts';
import { keyOf } from '../../protocol/item-identity.ts';
import type { ItemOf } from '../../protocol/items.ts';
import type { Topic } from '../../protocol/messages.ts';
import type { FeedListener } from './feed.ts';
import type { FeedSink } from './sink.ts';

/** Remembers what the listener knows. */
export interface Teller<T extends Topic> extends FeedSink<T> {
  /** Whether the first state was told. */
  readonly hasState: boolean;
  /** A page of a state; true where the state is whole by it, and told. */
  onPage(page: HeldPage<T>, timestamp: string): boolean;
  /** The pages that came so far are of a connection that is gone. */
  forgetPages(): void;
  /** Nothing is told any more. */
  close(): void;
}

/** How long a source has to say what another one has told already. */
const doubtMs = 3000;

/** One for the life of a feed: sources come and go. */
export function createTeller<T extends Topic>(
  topic: T,
  listener: FeedListener<T>,
  now: () => number,
): Teller<T> {
  const held = createHeld(topic);
  let hasState = false;
  let doubt: NodeJS.Timeout | undefined;
  const resolveDoubt = () => {
    doubt = undefined;
    tell(held.believe(), new Date(now()).toISOString());
  };
  const tell = (changes: readonly HeldChange<T>[], timestamp: string) => {
    if (hasState) for (const change of changes) listener.onChange({ ...change, timestamp });
    else {
      hasState = true;
      listener.onState(sortItems(topic, held.items.values()));
    }
  };
  const look = () => {
    if (held.isDoubtful) doubt ??= setTimeout(resolveDoubt, doubtMs);
    else {
      clearTimeout(doubt);
      doubt = undefined;
    }
  };
  return {
    get hasState() {
      return hasState;
    },
    onState: (items, timestamp) => {
      tell(held.takeState(items), timestamp);
      look();
    },
    onItem(item, isGone, timestamp) {
      const change = held.takeEvent(item, isGone);
      if (change !== undefined) tell([change], timestamp);
      look();
    },
    onPage(page, timestamp) {
      const changes = held.takePage(page);
      if (changes !== undefined) tell(changes, timestamp);
      look();
      return changes !== undefined;
    },
    forgetPages: () => held.forgetPages(),
    close: () => clearTimeout(doubt),
  };
}

/** By namespace and name, and by what else an item is known by. */
function sortItems<T extends Topic>(topic: T, items: Iterable<ItemOf[T]>): ItemOf[T][] {
  const namespaceOf = (item: ItemOf[Topic]) => ('namespace' in item ? item.namespace : '');
  return [...items].sort(
    (one, other) =>
      compareText(namespaceOf(one), namespaceOf(other)) ||
      compareText(one.name, other.name) ||
      compareText(keyOf(topic, one), keyOf(topic, other)),
  );
}
