// What this process writes and its cache has not seen yet: a verdict that builds on an older status would tell a transition twice, and an echo is no news.
import { isOlder } from '../../src/api/resource-version.ts';
import { isSameButStatus, type WatchedPersona } from './personas.ts';

/** Writes of statuses, from their sending until the watch has brought them. */
export interface OwnWrites {
  /** One is sent: what the watch brings of the status before it is answered is most likely its echo. */
  begin(key: string): void;
  /**
   * It is over: `written` is its answer, undefined where there is none; `cached` is what the watch has brought by now. True where the key has to
   * be looked at again: what was taken for an echo was none.
   */
  end(key: string, written: WatchedPersona | undefined, cached: WatchedPersona | undefined): boolean;
  /** The persona to go on from: the cached one, or the answer that it does not know of. */
  latest(key: string, cached: WatchedPersona): WatchedPersona;
  /** Whether a change is what was written, as far as can be told. */
  isEcho(key: string, cached: WatchedPersona, previous: WatchedPersona): boolean;
  forget(key: string): void;
}

/** An empty one. */
export function createOwnWrites(): OwnWrites {
  const answers = new Map<string, WatchedPersona>();
  /** Those that are sent, and whether anything was taken for their echo. */
  const sent = new Map<string, boolean>();
  return {
    begin: (key) => void sent.set(key, false),
    end(key, written, cached) {
      const isTaken = sent.get(key) === true;
      sent.delete(key);
      answers.delete(key);
      if (written === undefined || cached === undefined) return isTaken;
      if (!isKnownTo(cached, written)) answers.set(key, written);
      else if (cached.resourceVersion !== written.resourceVersion) return isTaken;
      return false;
    },
    latest(key, cached) {
      const written = answers.get(key);
      if (written === undefined) return cached;
      if (!isKnownTo(cached, written)) return written;
      answers.delete(key);
      return cached;
    },
    isEcho(key, cached, previous) {
      const written = answers.get(key);
      if (written?.uid === cached.uid && written.resourceVersion === cached.resourceVersion) {
        answers.delete(key);
        return true;
      }
      if (!sent.has(key) || !isSameButStatus(cached, previous)) return false;
      sent.set(key, true);
      return true;
    },
    forget(key) {
      answers.delete(key);
      sent.delete(key);
    },
  };
}

/** Another object knows of no write to the one before it, and has no need to. */
function isKnownTo(cached: WatchedPersona, written: WatchedPersona): boolean {
  const [seen, answered] = [cached.resourceVersion, written.resourceVersion];
  return written.uid !== cached.uid || seen === answered || isOlder(answered, seen);
}
