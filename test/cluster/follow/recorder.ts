// A listener of tests: plays what a feed tells, and writes down what contradicts what it told before.
import type { FeedChange, FeedListener } from '../../../src/cluster/follow/feed.ts';
import { keyOf } from '../../../src/protocol/item-identity.ts';
import type { ItemOf } from '../../../src/protocol/items.ts';
import type { Topic } from '../../../src/protocol/messages.ts';

/** What was told. */
export interface Recorder<T extends Topic> extends FeedListener<T> {
  readonly states: (readonly ItemOf[T][])[];
  readonly changes: FeedChange<T>[];
  readonly notices: string[];
  /** What a reader of all this knows by now. */
  readonly known: Map<string, ItemOf[T]>;
  readonly contradictions: string[];
}

/** A fresh one. */
export function createRecorder<T extends Topic>(topic: T): Recorder<T> {
  const known = new Map<string, ItemOf[T]>();
  const recorder: Recorder<T> = {
    states: [],
    changes: [],
    notices: [],
    known,
    contradictions: [],
    onState(items) {
      if (recorder.states.length > 0) recorder.contradictions.push('the state was told twice');
      recorder.states.push(items);
      for (const item of items) known.set(keyOf(topic, item), item);
    },
    onChange(change) {
      const key = keyOf(topic, change.item);
      recorder.contradictions.push(...listContradictions(change, key, known.get(key)));
      if (change.eventType === 'deleted') known.delete(key);
      else known.set(key, change.item);
      recorder.changes.push(change);
    },
    onNotice: (text) => void recorder.notices.push(text),
  };
  return recorder;
}

function listContradictions<T extends Topic>(
  { eventType, item, previous }: FeedChange<T>,
  key: string,
  before: ItemOf[T] | undefined,
): string[] {
  const wrong: string[] = [];
  if (previous !== before) wrong.push(`${eventType} ${key}: another one was told before`);
  if ((eventType === 'created') !== (before === undefined)) wrong.push(`${eventType} ${key}: known or not`);
  if (eventType === 'updated' && before?.resourceVersion === item.resourceVersion)
    wrong.push(`updated ${key}: told twice`);
  return wrong;
}
