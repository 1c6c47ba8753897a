// The rules on what a workload says it is.
import type { Rule } from '../rule.ts';
import { labels } from './labels.ts';

/** The family `identity`. */
export const identityRules: readonly Rule[] = [labels];
