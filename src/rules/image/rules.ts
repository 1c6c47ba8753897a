// The rules on images.
import type { Rule } from '../rule.ts';
import { tag } from './tag.ts';

/** The family `image`. */
export const imageRules: readonly Rule[] = [tag];
