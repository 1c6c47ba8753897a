// What a watch of a namespace follows, and what it says where there is nothing.
import { formatNothingFound } from '../persona/list/list-printer.ts';
import type { WatchFlagValues } from './flags.ts';
import { formatNotYet } from './watched-name.ts';

/** Which of a kind. */
export interface WatchedPlace {
  /** Of the feed's query. */
  interest: { namespace?: string; name?: string; labelSelector?: string };
  /** What to say where there is nothing. */
  nothing: string;
}

/** `kind` is a word for people; `currentNamespace` that of flags and context. */
export function toWatchedPlace(
  kind: string,
  name: string | undefined,
  flags: WatchFlagValues,
  currentNamespace: string,
): WatchedPlace {
  const namespace = flags['all-namespaces'] === true ? undefined : currentNamespace;
  return {
    interest: {
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { name }),
      ...(flags.selector === undefined ? {} : { labelSelector: flags.selector }),
    },
    nothing:
      name === undefined
        ? formatNothingFound(namespace)
        : formatNotYet(kind, namespace === undefined ? { name } : { namespace, name }),
  };
}
