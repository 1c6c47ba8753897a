// The rules on how containers run and where their images come from.
import type { Rule } from '../rule.ts';
import { allowedRegistries } from './allowed-registries.ts';
import { podSecurity } from './pod-security/rule.ts';
import { privilegeEscalation } from './privilege-escalation.ts';
import { readOnlyRoot } from './read-only-root.ts';
import { runAsNonRoot } from './run-as-non-root.ts';
import { runAsRootUid } from './run-as-root-uid.ts';

/** The family `security`. */
export const securityRules: readonly Rule[] = [
  runAsNonRoot,
  runAsRootUid,
  privilegeEscalation,
  readOnlyRoot,
  podSecurity,
  allowedRegistries,
];
