// The order of a watch: where to resume, and whether what comes can still be believed to come in order.
//
// A resourceVersion is opaque to clients, but the events of one watch come in the order in which things happened, and every API server
// numbers them. Where both of two are numbers, a lower one after a higher one therefore means one of two things: a server or proxy mixed up
// the order, or history was wound back (etcd restored from a backup). What else was lost is not to be known: only a list says. Where they
// are no numbers, events are taken as they come.

/** Follows one resource through its streams. */
export interface StreamOrder {
  /** Where a watch would resume; undefined before the first list, and once the order is lost. */
  readonly resourceVersion: string | undefined;
  /** What came next: `repeated` is the very event that came last, `backward` one that cannot come now. */
  judge(resourceVersion: string, key: string): 'next' | 'repeated' | 'backward';
  /** Of an event that was taken, or a bookmark (without a key). */
  advance(resourceVersion: string, key?: string): void;
  /** A list has been taken: its version stands, lower ones than before included. */
  begin(resourceVersion: string): void;
  /** The next thing is a list. */
  lose(): void;
}

/** A fresh one. */
export function createStreamOrder(): StreamOrder {
  let last: string | undefined;
  let lastKey: string | undefined;
  return {
    get resourceVersion() {
      return last;
    },
    judge(resourceVersion, key) {
      if (last === undefined || resourceVersion === last)
        return last !== undefined && key === lastKey ? 'repeated' : 'next';
      return isLower(resourceVersion, last) ? 'backward' : 'next';
    },
    advance(resourceVersion, key) {
      last = resourceVersion;
      lastKey = key ?? lastKey;
    },
    begin(resourceVersion) {
      last = resourceVersion;
      lastKey = undefined;
    },
    lose() {
      last = undefined;
      lastKey = undefined;
    },
  };
}

/** Compared as numbers of any length; false where one is none. */
function isLower(one: string, other: string): boolean {
  if (!/^\d+$/.test(one) || !/^\d+$/.test(other)) return false;
  return one.length === other.length ? one < other : one.length < other.length;
}
