// The rules on secrets.
import type { Rule } from '../rule.ts';
import { env } from './env.ts';

/** The family `secrets`. */
export const secretsRules: readonly Rule[] = [env];
