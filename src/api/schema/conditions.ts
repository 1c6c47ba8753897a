// Conditions as Kubernetes writes them: the same list in both kinds.
import { maxParagraphLength } from '../limits.ts';
import { conditionStatuses } from '../vocabulary.ts';
import { choice, integer, listMap, object, required } from './builders.ts';
import { labelKey, reason, timestamp } from './text.ts';
import type { Schema } from './schema.ts';

const message: Schema = {
  type: 'string',
  description: 'What people should know about it.',
  maxLength: maxParagraphLength,
};

/** The generation of the spec that was looked at; the operator's word is old where it is less than metadata.generation. */
export const observedGeneration: Schema = {
  ...integer('The generation of the spec that this was judged by.', 0, Number.MAX_SAFE_INTEGER),
  format: 'int64',
};

/** The list of conditions; `known` says which types there are. */
export function conditions(known: string): Schema {
  return listMap(
    `What holds and what does not: ${known}.`,
    ['type'],
    object('Condition', 'One thing that holds, does not, or is not known.', {
      type: required(labelKey('What it is about.')),
      status: required(choice('Whether it holds.', conditionStatuses)),
      reason: required(reason('Why, in one word for machines.')),
      message: required(message),
      lastTransitionTime: required(timestamp('When the status last changed.')),
      observedGeneration,
    }),
    16,
  );
}
