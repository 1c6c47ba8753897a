// The rule that only one autoscaler acts on a workload.
import type { Rule } from '../rule.ts';
import { autoscalersOf, objectOf } from './autoscalers.ts';

/** scaling/duplicate-hpa */
export const duplicateHpa: Rule = {
  id: 'scaling/duplicate-hpa',
  title: 'One autoscaler acts on a workload',
  semantics:
    'Two or more HPAs or ScaledObjects target the workload. The HPA that KEDA makes of a ScaledObject counts as that.',
  rationale:
    'Kubernetes takes neither for the right one: both report AmbiguousSelector and stand still, or pull the number to and fro.',
  severity: 'error',
  otherSeverities: '',
  bad: 'kind: HorizontalPodAutoscaler\nmetadata:\n  name: shop\n---\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: shop-memory',
  good: 'kind: HorizontalPodAutoscaler\nmetadata:\n  name: shop',
  needsSurroundings: true,
  evaluate({ workload, surroundings }) {
    const autoscalers = surroundings ? autoscalersOf(workload, surroundings) : [];
    const [first, ...others] = autoscalers;
    if (!first) return 'not-applicable';
    return others.map((autoscaler) => ({
      field: 'spec.scaleTargetRef',
      object: objectOf(autoscaler),
      actual: `${autoscalers.length} autoscalers`,
      expected: '1',
      message: `${autoscaler.kind} ${autoscaler.name}: ${first.kind} ${first.name} targets ${workload.kind}/${workload.name} as well`,
      suggestion: 'keep one, with the metrics of both',
    }));
  },
};
