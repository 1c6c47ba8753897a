// Advice as the sampler takes it from src/sizing: one place to hand in another one.
import type { Recommendation } from '../../src/api/personas.ts';
import type { Advice, SizingSubject } from '../../src/sizing/advice.ts';

/** What makes advice of use. */
export interface Sizing {
  advise(subject: SizingSubject): Advice[];
  toRecommendation(advice: Advice): Recommendation;
}
/** That of src/sizing. */
export const sizing: Sizing = {
  advise: () => [],
  toRecommendation: ({ id, message, priority }) => ({ id, message, priority, type: 'resource' }),
};
