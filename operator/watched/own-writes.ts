// What this process has written and its cache has not seen yet: a verdict that builds on an older status would tell a transition twice.
import { isAtLeast } from './resource-version.ts';
import { keyOf } from './ownership.ts';
import type { WatchedPersona } from './personas.ts';

/** Answers to writes, until the watch brings them. */
export interface OwnWrites {
  set(key: string, written: WatchedPersona): void;
  /** The persona to go on from: the cached one with the status of the write that it does not know of. */
  latest(key: string, cached: WatchedPersona): WatchedPersona;
  /** Whether the object is exactly what was written last; nothing has to be remembered then. */
  isEcho(cached: WatchedPersona): boolean;
  forget(key: string): void;
}

/** An empty one. */
export function createOwnWrites(): OwnWrites {
  const writes = new Map<string, WatchedPersona>();
  return {
    set: (key, written) => void writes.set(key, written),
    latest(key, cached) {
      const written = writes.get(key);
      if (written === undefined) return cached;
      const isKnown =
        written.uid !== cached.uid || isAtLeast(cached.resourceVersion, written.resourceVersion);
      if (!isKnown) return written;
      writes.delete(key);
      return cached;
    },
    isEcho(cached) {
      const key = keyOf(cached);
      const written = writes.get(key);
      const isSame = written?.uid === cached.uid && written.resourceVersion === cached.resourceVersion;
      if (isSame) writes.delete(key);
      return isSame;
    },
    forget: (key) => void writes.delete(key),
  };
}
