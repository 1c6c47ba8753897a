// The rule that an autoscaler meant for the workload finds it.
import type { Autoscaler } from '../../workload/surroundings.ts';
import type { RuleInput } from '../rule-input.ts';
import type { Rule } from '../rule.ts';
import { objectOf, targets } from './autoscalers.ts';
import { hasReplicas } from './replica-count.ts';

/** scaling/hpa-target-missing */
export const hpaTargetMissing: Rule = {
  id: 'scaling/hpa-target-missing',
  title: 'An autoscaler’s target exists',
  semantics:
    'An HPA or ScaledObject that is called like the workload or the persona, or that targets this name, targets a workload of another kind or name, and no such workload is known in the namespace. One whose target may exist unseen is left alone.',
  rationale:
    'An autoscaler with a slip in its target does nothing, and nobody is told: the application simply does not scale.',
  severity: 'error',
  otherSeverities: '',
  bad: 'kind: HorizontalPodAutoscaler\nmetadata:\n  name: shop\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shpo}',
  good: 'kind: HorizontalPodAutoscaler\nmetadata:\n  name: shop\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}',
  needsSurroundings: true,
  evaluate(input) {
    const { workload, surroundings } = input;
    if (!surroundings || !hasReplicas(workload)) return 'not-applicable';
    const lost = surroundings.autoscalers.filter((autoscaler) => hasLost(autoscaler, input));
    return lost.map((autoscaler) => {
      const { kind, name } = autoscaler.target;
      const actual = `${kind}/${name}`;
      const expected = `${workload.kind}/${workload.name}`;
      return {
        field: 'spec.scaleTargetRef',
        object: objectOf(autoscaler),
        actual,
        expected,
        message: `${autoscaler.kind} ${autoscaler.name}: targets ${actual}, which is not there; ${expected} expected`,
        suggestion: `scaleTargetRef: {apiVersion: ${workload.apiVersion}, kind: ${workload.kind}, name: ${workload.name}}`,
      };
    });
  },
};

/** Kinds of which all are known where workloads are, in small letters: a slip may be in those. */
const knownKinds = new Set(['deployment', 'statefulset', 'rollout']);

function hasLost(autoscaler: Autoscaler, { workload, persona, surroundings }: RuleInput): boolean {
  const { name, target } = autoscaler;
  const isMeant = [workload.name, persona.spec.name].includes(name) || target.name === workload.name;
  if (!isMeant || targets(autoscaler, workload) || !knownKinds.has(target.kind.toLowerCase())) return false;
  const known = surroundings?.workloads;
  if (known === undefined) return false;
  return !known.some(({ kind, name: other }) => kind === target.kind && other === target.name);
}
