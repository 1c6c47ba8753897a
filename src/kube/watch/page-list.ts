// A list in pages: as many requests as it needs, each of which may fail and be sent again.
import { readIdentity } from './identity.ts';
import { createListSplitter, type ListEnvelope } from './list-splitter.ts';
import type { Replacement } from './object-store.ts';
import { fieldsOf, MalformedEvent } from './watch-event.ts';
import { toStreamRequest, type WatchParts } from './watch-parts.ts';

/** A list that is being read. */
export interface PageList {
  /** Reads the next page, or again the one that failed; true once it was the last, and the list is taken. @throws as a stream does */
  next(): Promise<boolean>;
  /** Whether a page has been read: then a 410 is about its token, and the list begins anew. */
  readonly isBegun: boolean;
}

/** Begins one; without `isPaged` all comes at once, for lists that change faster than pages can be read. */
export function beginPageList<T>(parts: WatchParts<T>, { isPaged }: { isPaged: boolean }): PageList {
  const { store, order, tuning } = parts;
  let replacement = store.beginList();
  let token: string | undefined;
  return {
    get isBegun() {
      return token !== undefined;
    },
    async next() {
      // A first page that is asked for again is of a later moment; the following ones are all of that of their token.
      if (token === undefined) replacement = store.beginList();
      const query = { limit: isPaged ? tuning.pageSize : undefined, continue: token };
      const { metadata } = await readPage(parts, query, replacement);
      const { resourceVersion, continue: following } = fieldsOf(metadata);
      if (typeof following === 'string' && following !== '') {
        token = following;
        return false;
      }
      if (typeof resourceVersion !== 'string' || resourceVersion === '')
        throw new MalformedEvent('a list without a resourceVersion');
      replacement.commit();
      order.advance(resourceVersion);
      return true;
    },
  };
}

async function readPage<T>(
  parts: WatchParts<T>,
  query: { limit: number | undefined; continue: string | undefined },
  replacement: Replacement,
): Promise<ListEnvelope> {
  const { client, tuning, health } = parts;
  const splitter = createListSplitter(tuning.maxLineBytes, (json) => putItem(parts, replacement, json));
  await client.stream({
    ...toStreamRequest(parts, query, 'PartialObjectMetadataList'),
    onBytes: (bytes) => {
      health.lastByteAtMs = tuning.now();
      splitter.push(bytes);
    },
  });
  try {
    return splitter.end();
  } catch (cause) {
    throw new MalformedEvent('a list that is no JSON', { cause });
  }
}

function putItem<T>({ options, health }: WatchParts<T>, replacement: Replacement, json: string): void {
  const object = parseItem(json);
  const identity = readIdentity(object);
  if (identity === undefined) {
    health.skipped += 1;
    options.onTrouble?.({ what: 'an object cannot be read' });
    return;
  }
  const { group, version, kind } = options.resource;
  // In lists of built-in kinds the items lack both.
  replacement.put(identity, {
    apiVersion: group === '' ? version : `${group}/${version}`,
    kind,
    ...fieldsOf(object),
  });
}

function parseItem(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new MalformedEvent('an item that is no JSON', { cause });
  }
}
