// The family rollout: how a new version comes.
import type { Rule } from '../rule.ts';
import { strategy } from './strategy.ts';

/** In the order of the documentation. */
export const rolloutRules: readonly Rule[] = [strategy];
