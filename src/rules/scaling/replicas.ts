// The rule that the number of replicas is a number.
import type { Rule } from '../rule.ts';
import { showValue } from '../show-value.ts';
import { hasReplicas, replicasOf } from './replica-count.ts';

/** scaling/replicas */
export const replicas: Rule = {
  id: 'scaling/replicas',
  title: 'Replicas is a whole number',
  semantics: 'spec.replicas, where it is there, is a whole number from 0 to 2147483647.',
  rationale: 'The API server refuses anything else, and with it the whole workload.',
  severity: 'error',
  otherSeverities: '',
  bad: 'spec:\n  replicas: "2"',
  good: 'spec:\n  replicas: 2',
  needsSurroundings: false,
  evaluate({ workload }) {
    if (!hasReplicas(workload)) return 'not-applicable';
    if (replicasOf(workload) !== undefined) return [];
    const actual = showValue(workload.replicas);
    return [
      {
        field: 'spec.replicas',
        actual,
        expected: 'a whole number',
        message: `replicas is ${actual}, a whole number expected`,
      },
    ];
  },
};
