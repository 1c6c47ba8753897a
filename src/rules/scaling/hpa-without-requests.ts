// The rule that what an autoscaler measures against requests has requests.
import type { Autoscaler } from '../../workload/surroundings.ts';
import type { Workload } from '../../workload/workload.ts';
import { effectiveRequest, judgedResources, lastingContainers } from '../resources/amounts.ts';
import type { Rule, RuleReport } from '../rule.ts';
import { autoscalersOf } from './autoscalers.ts';

/** scaling/hpa-without-requests */
export const hpaWithoutRequests: Rule = {
  id: 'scaling/hpa-without-requests',
  title: 'What is scaled by use has requests',
  semantics:
    'An HPA or ScaledObject targets the workload and aims at a percentage of the request of cpu or memory: every container and native sidecar has a request of it, or a limit, or the pod has.',
  rationale:
    'A percentage of nothing cannot be computed: the autoscaler reports FailedGetResourceMetric and never scales.',
  severity: 'error',
  otherSeverities: '',
  bad: 'kind: HorizontalPodAutoscaler\nspec:\n  metrics:\n    - type: Resource\n      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}\n---\nresources:\n  requests:\n    memory: 128Mi',
  good: 'kind: HorizontalPodAutoscaler\nspec:\n  metrics:\n    - type: Resource\n      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}\n---\nresources:\n  requests:\n    cpu: 100m\n    memory: 128Mi',
  needsSurroundings: true,
  evaluate({ workload, surroundings }) {
    const autoscalers = surroundings ? autoscalersOf(workload, surroundings) : [];
    if (autoscalers.length === 0) return 'not-applicable';
    return autoscalers.flatMap((autoscaler) => judge(autoscaler, workload));
  },
};

function judge(autoscaler: Autoscaler, { pod }: Workload): RuleReport[] {
  const measured = judgedResources.filter((resource) => autoscaler.measuredResources.includes(resource));
  return measured.flatMap((resource) =>
    lastingContainers(pod)
      .filter((container) => !effectiveRequest(container, pod, resource))
      .map((container) => ({
        field: `${container.path}.resources.requests.${resource}`,
        container: container.name,
        actual: 'unset',
        expected: 'a request',
        message: `container ${container.name}: no request of ${resource}, which ${autoscaler.kind} ${autoscaler.name} measures against`,
        suggestion: `give it a request of ${resource}`,
      })),
  );
}
