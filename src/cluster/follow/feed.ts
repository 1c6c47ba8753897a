// The contract of a feed: one topic of a cluster, live, wherever it comes from.
import type { ItemOf } from '../../protocol/items.ts';
import type { EventType, Interest, Topic } from '../../protocol/messages.ts';

/** One change of what was held; `previous` is what was held before it. */
export interface FeedChange<T extends Topic> {
  eventType: EventType;
  item: ItemOf[T];
  previous: ItemOf[T] | undefined;
  /** RFC 3339: the server's timestamp, or ours where it was found by looking anew. */
  timestamp: string;
}

/** Who follows. Called synchronously, one after the other. */
export interface FeedListener<T extends Topic> {
  /** Once, with the first whole state, sorted by namespace and name. */
  onState(items: readonly ItemOf[T][]): void;
  /** Everything after it, each once; what happened while nothing could be heard is told as changes too. */
  onChange(change: FeedChange<T>): void;
  /**
   * One line for stderr: `stream unavailable (REASON): watching the API server instead`, `stream resumed`; while there is no stream also
   * `the API server does not answer (REASON): waiting for it`, `the API server answers again`.
   */
  onNotice(text: string): void;
}

/** What is followed. */
export interface FeedQuery<T extends Topic> extends Interest {
  topic: T;
}

/** A feed that was made, not started. */
export interface Feed<T extends Topic> {
  /**
   * Until `signal` aborts, which resolves it. A broken connection does not end it.
   * @throws KubeError and DorguError for what waiting does not mend: no right, no CRDs, a selector that cannot be read, credentials refused;
   * what the listener throws
   */
  run(listener: FeedListener<T>, signal: AbortSignal): Promise<void>;
}
