// What is supposed of the cluster: the operator's mode, and levels that its ClusterPersona does not hold yet.
import { applyClusterPersonaDefaults } from '../../api/defaults.ts';
import type { EffectiveClusterPersona, RuleSetting } from '../../api/personas.ts';
import type { Claim } from '../../rules/admission.ts';
import { missingPersona } from '../../rules/asked-first.ts';
import { findMissingPersona } from '../../rules/missing-persona.ts';
import type { Mode } from '../../rules/mode.ts';
import type { Workload } from '../../workload/workload.ts';

/** A what-if. */
export interface Supposition {
  /** As if the operator ran with --webhook-mode=MODE; labels of namespaces and annotations of personas hold beside it. */
  mode: Mode;
  /** As if they stood last in spec.rules. */
  rules: readonly Pick<RuleSetting, 'id' | 'level'>[];
}

/** The claim as it would be. The rules are asked by the ClusterPersona that there is: levels alone change. */
export function suppose(claim: Claim, workload: Workload, { rules }: Supposition): Claim {
  if (rules.length === 0) return claim;
  const clusterPersona = withRules(claim.context.clusterPersona, rules);
  const context = { ...claim.context, clusterPersona };
  if (claim.persona !== undefined) return { ...claim, context };
  const violations = findMissingPersona(workload, { clusterPersona });
  return { ...claim, violations, violationsBefore: claim.violationsBefore && violations, context };
}

function withRules(
  clusterPersona: EffectiveClusterPersona | undefined,
  rules: Supposition['rules'],
): EffectiveClusterPersona {
  const known = clusterPersona ?? empty;
  const { spec } = known;
  const requirePersona = findRequirement(rules) ?? spec.policies.requirePersona;
  return {
    ...known,
    spec: {
      ...spec,
      policies: { ...spec.policies, requirePersona },
      rules: [...(spec.rules ?? []), ...rules],
    },
  };
}

const empty = applyClusterPersonaDefaults({
  apiVersion: 'dorgu.io/v1',
  kind: 'ClusterPersona',
  metadata: { name: '' },
  spec: { name: '' },
});

/** Whether workloads need a persona is a policy of its own: who supposes a level of the rule supposes the policy, too. */
function findRequirement(rules: Supposition['rules']): 'off' | 'warn' | 'deny' | undefined {
  const level = rules.findLast(({ id }) => id === missingPersona.id)?.level;
  return level === 'info' ? 'warn' : level;
}
