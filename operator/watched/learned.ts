// What stands in a persona's status of what was learnt: the baseline and the advice, as they were written.
import { fieldAt, fieldsOf, listOf, textOf } from '../../src/api/foreign-fields.ts';
import type { Recommendation, ResourceBaseline } from '../../src/api/personas.ts';
import { maxStatusRecommendations } from '../../src/api/limits.ts';

/** As much of a status as the sampler owns, but for its condition. */
export interface SeenLearned {
  resourceBaseline?: ResourceBaseline;
  recommendations?: Recommendation[];
}

/** Takes a foreign status in: what has no id is no advice. Never throws. */
export function readLearned(status: unknown): SeenLearned {
  const baseline = fieldsOf(fieldAt(status, 'learned', 'resourceBaseline'));
  const recommendations = listOf(fieldAt(status, 'recommendations'))
    .slice(0, maxStatusRecommendations)
    .filter((advice) => textOf(fieldAt(advice, 'id')) !== '') as Recommendation[];
  return {
    ...(Object.keys(baseline).length === 0 ? {} : { resourceBaseline: baseline }),
    ...(recommendations.length === 0 ? {} : { recommendations }),
  };
}
