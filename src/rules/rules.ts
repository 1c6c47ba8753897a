// All rules, family by family. A new family is one more line here; a new rule is one more line in its family's list.
import { availabilityRules } from './availability/rules.ts';
import { healthRules } from './health/rules.ts';
import { identityRules } from './identity/rules.ts';
import { imageRules } from './image/rules.ts';
import { networkRules } from './network/rules.ts';
import { resourceRules } from './resources/rules.ts';
import { rolloutRules } from './rollout/rules.ts';
import { scalingRules } from './scaling/rules.ts';
import type { Rule } from './rule.ts';
import { secretsRules } from './secrets/rules.ts';
import { securityRules } from './security/rules.ts';

/** Every rule, in the order of the families; ids are unique. */
export const rules: readonly Rule[] = [
  ...securityRules,
  ...resourceRules,
  ...scalingRules,
  ...healthRules,
  ...availabilityRules,
  ...rolloutRules,
  ...networkRules,
  ...imageRules,
  ...identityRules,
  ...secretsRules,
];

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

/** The rule of an id; undefined where there is none. */
export function findRule(id: string): Rule | undefined {
  return byId.get(id);
}
