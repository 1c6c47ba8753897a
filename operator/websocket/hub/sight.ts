// Which items of a topic an interest shows.
import { isMeant } from '../../../src/protocol/interest.ts';
import type { Interest, Topic } from '../../../src/protocol/messages.ts';
import { parseSelector } from '../../../src/workload/parse-selector.ts';
import { matchesSelector } from '../../../src/workload/selector.ts';
import type { Kept } from './kept.ts';

/** What somebody follows of a topic. */
export interface Sight {
  readonly topic: Topic;
  readonly interest: Interest;
  /** Whether an item is one of those that are followed. */
  readonly sees: (kept: Kept | undefined) => kept is Kept;
}

/** @throws DorguError SelectorInvalid */
export function createSight(topic: Topic, interest: Interest): Sight {
  const { labelSelector = '' } = interest;
  const selector = labelSelector === '' ? undefined : parseSelector(labelSelector);
  return {
    topic,
    interest,
    sees: (kept): kept is Kept => {
      if (kept === undefined || !isMeant(topic, interest, kept)) return false;
      return selector === undefined || (kept.labels !== undefined && matchesSelector(selector, kept.labels));
    },
  };
}
