// A reader of a feed who believes nothing: what is told must follow from what was told before, and nothing may be told twice.
import type { FeedListener } from '../../src/cluster/follow/feed.ts';
import { keyOf } from '../../src/protocol/item-identity.ts';
import type { PersonaItem } from '../../src/protocol/items.ts';

/** What a reader knows, and what was wrong. */
export interface Ledger {
  readonly listener: FeedListener<'personas'>;
  readonly known: ReadonlyMap<string, PersonaItem>;
  readonly notices: readonly string[];
  /** In words. */
  readonly wrong: readonly string[];
  /** Changes that were told. */
  readonly told: number;
}

/** An empty one. */
export function createLedger(): Ledger {
  const known = new Map<string, PersonaItem>();
  const notices: string[] = [];
  const wrong: string[] = [];
  /** Highest version of each item that was told, gone ones included: versions of one API server only grow. */
  const versions = new Map<string, number>();
  let told = 0;
  let states = 0;
  const see = (key: string, { resourceVersion }: PersonaItem): void => {
    const before = versions.get(key) ?? 0;
    const version = Number(resourceVersion);
    if (version === before) wrong.push(`${key}: version ${version} was told twice`);
    if (version < before) wrong.push(`${key}: version ${version} was told after ${before}`);
    versions.set(key, Math.max(before, version));
  };
  const listener: FeedListener<'personas'> = {
    onState: (items) => {
      states += 1;
      if (states > 1) wrong.push('a second state was told');
      for (const item of items) {
        const key = keyOf('personas', item);
        see(key, item);
        known.set(key, item);
      }
    },
    onChange: ({ eventType, item, previous }) => {
      told += 1;
      const key = keyOf('personas', item);
      const before = known.get(key);
      if (states === 0) wrong.push(`${key}: ${eventType} before the state`);
      if (previous?.resourceVersion !== before?.resourceVersion)
        wrong.push(`${key}: ${eventType} of what was not told before`);
      if ((eventType === 'created') !== (before === undefined))
        wrong.push(`${key}: ${eventType} of what was ${before === undefined ? 'not there' : 'there'}`);
      if (eventType === 'deleted') {
        known.delete(key);
        return;
      }
      see(key, item);
      if (before !== undefined && sameBut(before, item)) wrong.push(`${key}: ${eventType} with nothing new`);
      known.set(key, item);
    },
    onNotice: (text) => {
      const isRepeated = notices.at(-1)?.startsWith('stream unavailable') === true;
      if (isRepeated && text.startsWith('stream unavailable')) wrong.push(`said twice: ${text}`);
      notices.push(text);
    },
  };
  return {
    listener,
    known,
    notices,
    wrong,
    get told() {
      return told;
    },
  };
}

/** In all but its version. */
function sameBut(one: PersonaItem, other: PersonaItem): boolean {
  return (
    JSON.stringify({ ...one, resourceVersion: '' }) === JSON.stringify({ ...other, resourceVersion: '' })
  );
}
