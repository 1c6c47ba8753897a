// All rules, family by family. A new family is one more line here; a new rule is one more line in its family's list.
import type { Rule } from './rule.ts';
import { securityRules } from './security/rules.ts';

/** Every rule, in the order of the families; ids are unique. */
export const rules: readonly Rule[] = [...securityRules];

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

/** The rule of an id; undefined where there is none. */
export function findRule(id: string): Rule | undefined {
  return byId.get(id);
}
