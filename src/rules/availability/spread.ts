// The rule that replicas do not all sit on one node.
import { fieldAt } from '../../api/foreign-fields.ts';
import { matchesSelector, readSelector } from '../../workload/selector.ts';
import type { PodSnapshot } from '../../workload/workload.ts';
import type { Rule } from '../rule.ts';
import { isHeldToAvailability } from './replicated.ts';

/** availability/spread */
export const spread: Rule = {
  id: 'availability/spread',
  title: 'Replicas are spread',
  semantics:
    'A workload of tier critical or standard that always has two replicas or more: its pods have a podAntiAffinity, or a topologySpreadConstraint whose labelSelector selects them.',
  rationale: 'Two replicas on one node are one replica: the node goes away, and so does the application.',
  severity: 'warning',
  otherSeverities: '',
  bad: 'spec:\n  replicas: 2',
  good: 'spec:\n  replicas: 2\n  template:\n    spec:\n      topologySpreadConstraints:\n        - maxSkew: 1\n          topologyKey: kubernetes.io/hostname\n          whenUnsatisfiable: ScheduleAnyway\n          labelSelector:\n            matchLabels:\n              app.kubernetes.io/name: shop',
  needsSurroundings: true,
  evaluate(input) {
    const { workload } = input;
    if (!isHeldToAvailability(input)) return 'not-applicable';
    const { pod } = workload;
    if (pod.hasPodAntiAffinity || pod.topologySpreadConstraints.some((terms) => spreads(terms, pod)))
      return [];
    const hasConstraints = pod.topologySpreadConstraints.length > 0;
    return [
      {
        field: `${pod.path}.topologySpreadConstraints`,
        actual: hasConstraints ? 'other pods' : 'unset',
        expected: 'a constraint',
        message: hasConstraints
          ? `the topologySpreadConstraints of ${workload.kind}/${workload.name} select other pods than its own`
          : `nothing spreads the replicas of ${workload.kind}/${workload.name} over nodes`,
        suggestion: `topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: …}]`,
      },
    ];
  },
};

function spreads(constraint: unknown, { labels }: PodSnapshot): boolean {
  const selector = readSelector(fieldAt(constraint, 'labelSelector'));
  return selector !== undefined && matchesSelector(selector, labels);
}
