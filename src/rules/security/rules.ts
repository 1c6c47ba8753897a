// The rules on how containers run.
import type { Rule } from '../rule.ts';
import { privilegeEscalation } from './privilege-escalation.ts';
import { runAsNonRoot } from './run-as-non-root.ts';

/** The family `security`. */
export const securityRules: readonly Rule[] = [runAsNonRoot, privilegeEscalation];
