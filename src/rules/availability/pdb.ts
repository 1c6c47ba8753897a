// The rule that not all replicas may be evicted at once.
import type { Rule } from '../rule.ts';
import { budgetsOf } from './budgets.ts';
import { isHeldToAvailability } from './replicated.ts';

/** availability/pdb */
export const pdb: Rule = {
  id: 'availability/pdb',
  title: 'A PodDisruptionBudget keeps some replicas running',
  semantics:
    'A workload of tier critical or standard that always has two replicas or more (spec.replicas, or the minimum of its autoscaler): a PodDisruptionBudget selects its pods. DaemonSets, Jobs and CronJobs have none.',
  rationale:
    'Without a budget a cluster upgrade may evict all replicas in the same minute: they were on two nodes, and both were drained.',
  severity: 'warning',
  otherSeverities: '',
  bad: 'kind: Deployment\nspec:\n  replicas: 2',
  good: 'kind: Deployment\nspec:\n  replicas: 2\n---\nkind: PodDisruptionBudget\nspec:\n  maxUnavailable: 1\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: shop',
  needsSurroundings: true,
  evaluate(input) {
    const { workload, surroundings } = input;
    if (!surroundings || !isHeldToAvailability(input)) return 'not-applicable';
    if (budgetsOf(workload, surroundings).length > 0) return [];
    return [
      {
        field: 'spec.template.metadata.labels',
        actual: 'no budget',
        expected: 'a PodDisruptionBudget',
        message: `no PodDisruptionBudget selects the pods of ${workload.kind}/${workload.name}`,
        suggestion: 'add a PodDisruptionBudget with maxUnavailable: 1 and the selector of the workload',
      },
    ];
  },
};
