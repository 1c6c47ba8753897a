// What a list and a watch of one resource keep up to date: the contract between the core that talks to the server and those who read it.
import type { Resource } from '../resources.ts';

/** What happened to one object, in the order of the server. A name that comes back with another uid is a `deleted`, then an `added`. */
export type Change<T> =
  | { type: 'added'; key: string; value: T }
  | { type: 'updated'; key: string; value: T; previous: T }
  /** `previous` is the last known state, also where the deletion was found by listing anew. */
  | { type: 'deleted'; key: string; previous: T };

/** How a watch is doing. Times are milliseconds since the epoch; counters never go back. */
export interface WatchHealth {
  /** The first whole list is in. */
  isSynced: boolean;
  /** Why nothing comes at the moment, in the server's own words where there are any; undefined while all is well. */
  failure: string | undefined;
  /** When a byte came last: an event, a bookmark, or a page of a list. */
  lastByteAtMs: number | undefined;
  lastEventAtMs: number | undefined;
  objects: number;
  /** Streams ended, by reason: eof, stalled, expired, disordered, unreadable, error, malformed. */
  restarts: ReadonlyMap<string, number>;
  /** Whole lists after the first, by reason: expired, disordered, unreadable, fruitless, rejected, missing. */
  relists: ReadonlyMap<string, number>;
  /** Events that could not be read and were passed over. */
  skipped: number;
}

/** How to watch. */
export interface ReflectorOptions<T> {
  resource: Resource;
  /** One namespace; all where it is left out. */
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
  /** Only apiVersion, kind and metadata of each object are sent. */
  isMetadataOnly?: boolean;
  /**
   * What is kept of an object; the object itself is let go at once. Undefined: none of our business, which is an absence like any
   * other (a pod that has become healthy is `deleted`). Called synchronously; when it throws, the object is skipped and counted.
   */
  project: (object: unknown) => T | undefined;
  /** Called synchronously, once the new state is to be read. When it throws, that is logged, and the stream goes on. */
  onChange: (change: Change<T>) => void;
  /** For logs: what went wrong and was got over. */
  onTrouble?: (trouble: WatchTrouble) => void;
}

/** Something that the watch survives. */
export interface WatchTrouble {
  /** `the projection has thrown`, `a listener has thrown`, `an object cannot be read`, `the stream has ended: stalled` */
  what: string;
  /** The object, where it is about one. */
  key?: string;
  error?: unknown;
}

/** The live copy of one resource. Nothing about it is terminal: it tries until it is stopped. */
export interface Reflector<T> {
  readonly resource: Resource;
  /** By `namespace/name`, or `name` of what has no namespace. */
  readonly objects: ReadonlyMap<string, T>;
  readonly isSynced: boolean;
  /** Resolves with the first whole list; never where the server never gives one. */
  readonly synced: Promise<void>;
  health(): WatchHealth;
  start(): void;
  /** Ends the stream; `objects` stay readable. */
  stop(): Promise<void>;
}
