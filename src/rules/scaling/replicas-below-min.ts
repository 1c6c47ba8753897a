// The rule that there are as many replicas as the persona says at least.
import type { Rule } from '../rule.ts';
import { showValue } from '../show-value.ts';
import { fixedReplicas } from './fixed-replicas.ts';

/** scaling/replicas-below-min */
export const replicasBelowMin: Rule = {
  id: 'scaling/replicas-below-min',
  title: 'Replicas are not below the persona’s minimum',
  semantics:
    'spec.replicas against scaling.minReplicas of the persona, where no HPA or ScaledObject targets the workload and it does not carry dorgu.io/replicas: hpa. Absent is 1. 0 is a pause: scaling/paused. DaemonSets, Jobs and CronJobs have no replicas.',
  rationale: 'With fewer replicas than agreed, a node that goes away takes more of the application with it.',
  severity: 'error',
  otherSeverities: '',
  bad: '# persona: {scaling: {minReplicas: 2}}\nspec:\n  replicas: 1',
  good: '# persona: {scaling: {minReplicas: 2}}\nspec:\n  replicas: 2',
  needsSurroundings: false,
  evaluate(input) {
    const least = input.persona.spec.scaling.minReplicas;
    const replicas = fixedReplicas(input);
    if (least === undefined || replicas === undefined) return 'not-applicable';
    if (replicas >= least) return [];
    return [
      {
        field: 'spec.replicas',
        actual: showValue(input.workload.replicas ?? undefined),
        expected: `at least ${least}`,
        message: `replicas is ${input.workload.replicas == null ? 'unset, which is 1' : replicas}, the persona says at least ${least}`,
        suggestion: `replicas: ${least}`,
      },
    ];
  },
};
