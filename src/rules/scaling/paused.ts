// The note that a workload is scaled to zero.
import type { Rule } from '../rule.ts';
import { hasReplicas } from './replica-count.ts';

/** scaling/paused */
export const paused: Rule = {
  id: 'scaling/paused',
  title: 'The workload is not scaled to zero',
  semantics:
    'spec.replicas is 0 and the persona does not allow it with scaling.minReplicas 0. It is a pause, not a fault: an HPA stands still as well, and the other rules of scaling and availability have nothing to judge.',
  rationale: 'A pause that everybody has forgotten looks like health: nothing runs, so nothing fails.',
  severity: 'info',
  otherSeverities: '',
  bad: 'spec:\n  replicas: 0',
  good: 'spec:\n  replicas: 2',
  needsSurroundings: false,
  evaluate({ workload, persona: { spec } }) {
    if (!hasReplicas(workload)) return 'not-applicable';
    if (workload.replicas !== 0 || spec.scaling.minReplicas === 0) return [];
    const wanted = Math.max(1, spec.scaling.minReplicas ?? 1);
    return [
      {
        field: 'spec.replicas',
        actual: '0',
        expected: `at least ${wanted}`,
        message: 'replicas is 0: the workload is paused',
        suggestion: `replicas: ${wanted}, or scaling.minReplicas: 0 in the persona where a pause is meant`,
      },
    ];
  },
};
