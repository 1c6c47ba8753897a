// The family network: how requests find their way.
import type { Rule } from '../rule.ts';
import { ports } from './ports.ts';

/** In the order of the documentation. */
export const networkRules: readonly Rule[] = [ports];
