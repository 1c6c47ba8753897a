// The rule that a number of replicas and an autoscaler do not fight.
import type { Rule } from '../rule.ts';
import { showValue } from '../show-value.ts';
import { whoAppliesReplicas } from './applied-replicas.ts';
import { autoscalersOf } from './autoscalers.ts';
import { hasReplicas } from './replica-count.ts';

/** scaling/static-replicas-with-hpa */
export const staticReplicasWithHpa: Rule = {
  id: 'scaling/static-replicas-with-hpa',
  title: 'Replicas are left to the autoscaler',
  semantics:
    'An HPA or ScaledObject targets the workload, and spec.replicas is set as well: in the file, or in a cluster by somebody who applies it (a manager by server-side apply, or the configuration that kubectl apply remembers). 0 is a pause and left alone.',
  rationale:
    'Each apply sets the number back, whatever the load is, and the autoscaler then climbs again: under load that is an outage with every release.',
  severity: 'warning',
  otherSeverities: '',
  bad: 'kind: HorizontalPodAutoscaler\n---\nkind: Deployment\nspec:\n  replicas: 2',
  good: 'kind: HorizontalPodAutoscaler\n---\nkind: Deployment\nmetadata:\n  annotations:\n    dorgu.io/replicas: hpa\nspec:\n  replicas: null # left out',
  needsSurroundings: true,
  evaluate(input) {
    const { workload, surroundings } = input;
    if (!surroundings || !hasReplicas(workload)) return 'not-applicable';
    const [autoscaler] = autoscalersOf(workload, surroundings);
    if (!autoscaler) return 'not-applicable';
    const who = workload.replicas === 0 ? undefined : whoAppliesReplicas(input);
    if (who === undefined) return [];
    const actual = showValue(workload.replicas);
    return [
      {
        field: 'spec.replicas',
        actual,
        expected: 'unset',
        message: `replicas is set to ${actual} by ${who}, and ${autoscaler.kind} ${autoscaler.name} scales it as well`,
        suggestion: 'remove spec.replicas, and annotate the workload with dorgu.io/replicas: hpa',
      },
    ];
  },
};
