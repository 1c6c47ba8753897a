// One watch request: its events into the store, in their order, until it ends; with the list in front where it is a WatchList.
import { ListNeeded, toStreamError } from './endings.ts';
import { readIdentity } from './identity.ts';
import { createLineSplitter } from './line-splitter.ts';
import type { Replacement } from './object-store.ts';
import { MalformedEvent, parseWatchEvent, type WatchEvent } from './watch-event.ts';
import { toStreamRequest, type WatchParts } from './watch-parts.ts';

/** A server that takes the question for a WatchList, and answers another one. */
export class WatchListUnknown extends Error {
  override readonly name = 'WatchListUnknown';
}

/** What the caller hears while the stream runs. */
export interface StreamListener {
  onOpen: () => void;
  /** The list in front is whole, and taken. */
  onListed: () => void;
}

/** Resumes where the order stands. Resolves when the server ends the stream. @throws as a stream does, ListNeeded, LineTooLong, MalformedEvent */
export async function followEvents<T>(parts: WatchParts<T>, listener: StreamListener): Promise<void> {
  const { resourceVersion } = parts.order;
  await run(parts, { resourceVersion }, listener, (event) => takeEvent(parts, event));
}

/** A WatchList: all objects first, then events. @throws as {@link followEvents}, and WatchListUnknown */
export async function followList<T>(parts: WatchParts<T>, listener: StreamListener): Promise<void> {
  const replacement = parts.store.beginList();
  const progress = { isListed: false };
  const query = { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' };
  await run(parts, query, listener, (event) => {
    if (progress.isListed) takeEvent(parts, event);
    else if (takeInitialEvent(parts, replacement, event)) {
      progress.isListed = true;
      listener.onListed();
    }
  });
  if (!progress.isListed) throw new MalformedEvent('the stream ended before its list was whole');
}

async function run<T>(
  parts: WatchParts<T>,
  query: Readonly<Record<string, string | boolean | undefined>>,
  { onOpen }: StreamListener,
  onEvent: (event: WatchEvent) => void,
): Promise<void> {
  const { client, tuning, health } = parts;
  const [from, to] = tuning.streamSeconds;
  const splitter = createLineSplitter(tuning.maxLineBytes, (line) => onEvent(parseWatchEvent(line)));
  const request = toStreamRequest(
    parts,
    {
      watch: true,
      allowWatchBookmarks: true,
      timeoutSeconds: Math.round(from + tuning.random() * (to - from)),
      ...query,
    },
    'PartialObjectMetadata',
  );
  await client.stream({
    ...request,
    onOpen: () => {
      request.onOpen?.();
      onOpen();
    },
    onBytes: (bytes) => {
      health.lastByteAtMs = tuning.now();
      splitter.push(bytes);
    },
  });
}

function takeEvent<T>(parts: WatchParts<T>, event: WatchEvent): void {
  const { order, health } = parts;
  switch (event.type) {
    case 'ERROR':
      throw toStreamError(event.status);
    case 'unknown':
      health.skipped += 1;
      parts.options.onTrouble?.({ what: 'an event of an unknown type' });
      return;
    case 'BOOKMARK':
      if (event.resourceVersion === undefined) return;
      if (order.isBackward(event.resourceVersion))
        throw new ListNeeded('disordered', 'a bookmark is older than what came before it');
      order.advance(event.resourceVersion);
      return;
    default:
      takeChange(parts, event);
  }
}

function takeChange<T>(
  { store, order, health, tuning }: WatchParts<T>,
  { type, object }: Extract<WatchEvent, { object: unknown }>,
): void {
  const identity = readIdentity(object);
  if (identity === undefined) {
    health.skipped += 1;
    throw new ListNeeded('unreadable', 'an event whose object has no name, uid or resourceVersion');
  }
  health.lastEventAtMs = tuning.now();
  if (order.isBackward(identity.resourceVersion) || !store.apply(type, identity, object))
    throw new ListNeeded('disordered', `an event of ${identity.key} is older than what came before it`);
  order.advance(identity.resourceVersion);
}

/** True where the list is whole now, and taken. */
function takeInitialEvent<T>(
  { order, health, options, tuning }: WatchParts<T>,
  replacement: Replacement,
  event: WatchEvent,
): boolean {
  switch (event.type) {
    case 'ERROR':
      throw toStreamError(event.status);
    case 'BOOKMARK':
      // Only what follows a list has other bookmarks: a server that does not know WatchList began a watch without telling.
      if (!event.isEndOfList || event.resourceVersion === undefined)
        throw new WatchListUnknown('the server does not end its list');
      replacement.commit();
      order.advance(event.resourceVersion);
      return true;
    case 'unknown':
      health.skipped += 1;
      return false;
    default: {
      const identity = readIdentity(event.object);
      health.lastEventAtMs = tuning.now();
      if (identity === undefined) {
        health.skipped += 1;
        options.onTrouble?.({ what: 'an object cannot be read' });
      } else if (event.type === 'DELETED') replacement.remove(identity.key);
      else replacement.put(identity, event.object);
      return false;
    }
  }
}
