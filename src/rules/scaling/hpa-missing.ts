// The rule that a workload which leaves its replicas to an autoscaler has one.
import type { Rule } from '../rule.ts';
import { autoscalersOf } from './autoscalers.ts';
import { hasReplicas, isLeftToAutoscaler } from './replica-count.ts';

/** scaling/hpa-missing */
export const hpaMissing: Rule = {
  id: 'scaling/hpa-missing',
  title: 'Where replicas are left to an autoscaler, there is one',
  semantics:
    'The workload carries the annotation dorgu.io/replicas: hpa, and no HPA or ScaledObject targets it. A controller waits 60 s after the workload was made, because a folder is applied object by object.',
  rationale: 'Without the autoscaler the workload stays at one replica, and nothing ever changes that.',
  severity: 'error',
  otherSeverities: 'warning in a file, because the autoscaler may lie in another',
  bad: 'kind: Deployment\nmetadata:\n  annotations:\n    dorgu.io/replicas: hpa',
  good: 'kind: Deployment\nmetadata:\n  annotations:\n    dorgu.io/replicas: hpa\n---\nkind: HorizontalPodAutoscaler\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}',
  needsSurroundings: true,
  evaluate({ workload, surroundings, persona: { spec }, source }) {
    if (!surroundings || !hasReplicas(workload) || !isLeftToAutoscaler(workload)) return 'not-applicable';
    if (autoscalersOf(workload, surroundings).length > 0) return [];
    const least = Math.max(1, spec.scaling.minReplicas ?? 1);
    return [
      {
        severity: source === 'file' ? 'warning' : 'error',
        field: 'metadata.annotations["dorgu.io/replicas"]',
        actual: 'no autoscaler',
        expected: 'an HPA',
        message: `replicas are left to an HPA, and none targets ${workload.kind}/${workload.name}`,
        suggestion: `apply the HPA, or remove the annotation and set replicas: ${least}`,
      },
    ];
  },
};
