// The order of a watch: where to resume, and whether what comes can still be believed to come in order.
//
// A resourceVersion is opaque to clients, but the events of one watch come in the order in which things happened, and every API server
// numbers them. Where both of two are numbers, a lower one after a higher one therefore means one of two things: a server or proxy mixed up
// the order, or history was wound back (etcd restored from a backup). What else was lost is not to be known: only a list says. Where they
// are no numbers, events are taken as they come.
import { isOlder } from '../../api/resource-version.ts';

/** Follows one resource through its streams. */
export interface StreamOrder {
  /** Where a watch would resume; undefined before the first list, and once the order is lost. */
  readonly resourceVersion: string | undefined;
  /** Whether what has this version cannot come now. The last one may come again: it is the same state of the same object. */
  isBackward(resourceVersion: string): boolean;
  /** Of an event that was taken, a bookmark, or a list: that one stands, also where it is lower than before. */
  advance(resourceVersion: string): void;
  /** The next thing is a list. */
  lose(): void;
}

/** A fresh one. */
export function createStreamOrder(): StreamOrder {
  let last: string | undefined;
  return {
    get resourceVersion() {
      return last;
    },
    isBackward: (resourceVersion) => last !== undefined && isOlder(resourceVersion, last),
    advance: (resourceVersion) => void (last = resourceVersion),
    lose: () => void (last = undefined),
  };
}
