// The contract between what is followed and who follows: the hub knows topics and readers, and nothing of sockets or rights.
import type { Interest, Topic } from '../../src/protocol/messages.ts';
import type { ItemOf } from '../../src/protocol/items.ts';
import type { Component } from '../manager/component.ts';

/** Somebody's connection, as far as the hub sees it. */
export interface Reader {
  /** Bytes that were sent and that the socket has not taken yet. */
  readonly waitingBytes: number;
  /** One message, serialised once for all whom it goes to. Never throws; what goes to a closed connection is lost. */
  send(frame: Buffer): void;
}

/** What a reader follows. Its rights were looked at before. */
export interface Wanted {
  topic: Topic;
  requestId: string | undefined;
  interest: Interest;
}

/** One subscription. */
export interface Subscription {
  readonly wanted: Wanted;
  /** The socket has taken what was waiting: whoever had fallen behind gets its state anew. */
  drained(): void;
  /** Nothing comes after it. */
  close(): void;
}

/** All topics. Starts nothing by itself: what nobody follows is not watched. */
export interface Hub extends Component {
  /**
   * The state as `resync`, once it is known, then changes. What goes wrong with the topic is said as `error` (missing, unavailable), and mends itself.
   * @throws DorguError SelectorInvalid for a selector that cannot be read
   */
  subscribe(wanted: Wanted, reader: Reader): Subscription;
  /** All items of an interest at this moment. @throws as {@link subscribe}; KubeError where they cannot be known within `timeoutMs` */
  list<T extends Topic>(
    topic: T,
    interest: Interest,
    limit: { timeoutMs: number; signal: AbortSignal },
  ): Promise<ItemOf[T][]>;
}
