// The rule that a budget lets nodes be drained.
import type { DisruptionBudget } from '../../workload/surroundings.ts';
import { showValue } from '../show-value.ts';
import type { Severity } from '../finding.ts';
import type { Rule, RuleReport } from '../rule.ts';
import { allowedEvictions, budgetsOf } from './budgets.ts';
import { isHeldToAvailability, leastReplicas } from './replicated.ts';

/** availability/pdb-blocks-drain */
export const pdbBlocksDrain: Rule = {
  id: 'availability/pdb-blocks-drain',
  title: 'A PodDisruptionBudget lets nodes be drained',
  semantics:
    'Each PodDisruptionBudget that selects the pods allows at least one eviction while all replicas are healthy, counted for the fewest there are (spec.replicas, or the minimum of the autoscaler). Percentages round up on both sides, as the disruption controller does: minAvailable 51% of 2 is 2. Neither minAvailable nor maxUnavailable allows none, and two budgets for the same pods refuse every eviction.',
  rationale:
    'A node with such a pod never drains: upgrades of the cluster hang until somebody deletes the budget or the pod.',
  severity: 'error',
  otherSeverities: 'warning with one replica and for tier best-effort',
  bad: 'kind: Deployment\nspec:\n  replicas: 2\n---\nkind: PodDisruptionBudget\nspec:\n  minAvailable: 2',
  good: 'kind: Deployment\nspec:\n  replicas: 2\n---\nkind: PodDisruptionBudget\nspec:\n  maxUnavailable: 1',
  needsSurroundings: true,
  evaluate(input) {
    const { workload, surroundings } = input;
    const replicas = leastReplicas(input);
    if (!surroundings || replicas === undefined) return 'not-applicable';
    const severity: Severity = isHeldToAvailability(input) ? 'error' : 'warning';
    const budgets = budgetsOf(workload, surroundings);
    return [...budgets.flatMap((budget) => judge(budget, replicas)), ...judgeSeveral(budgets)].map(
      (report) => ({ ...report, severity }),
    );
  },
};

function judge(budget: DisruptionBudget, replicas: number): RuleReport[] {
  const side = budget.maxUnavailable === undefined ? 'minAvailable' : 'maxUnavailable';
  const actual = showValue(budget[side]);
  const place = { field: `spec.${side}`, object: `PodDisruptionBudget/${budget.name}`, actual };
  const allowed = allowedEvictions(budget, replicas);
  if (allowed === undefined)
    return [
      {
        ...place,
        expected: 'a count or a percentage',
        message: `PodDisruptionBudget ${budget.name}: ${side} is ${actual}, a count such as 1 or a percentage such as 25% expected`,
        suggestion: 'maxUnavailable: 1',
      },
    ];
  if (allowed >= 1) return [];
  const what = actual === 'unset' ? 'names neither minAvailable nor maxUnavailable' : `${side} ${actual}`;
  return [
    {
      ...place,
      expected: 'at least one eviction',
      message: `PodDisruptionBudget ${budget.name}: ${what} allows no eviction with ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`,
      suggestion: 'maxUnavailable: 1',
    },
  ];
}

function judgeSeveral(budgets: readonly DisruptionBudget[]): RuleReport[] {
  const [first, ...others] = budgets;
  if (!first) return [];
  return others.map(({ name }) => ({
    field: 'spec.selector',
    object: `PodDisruptionBudget/${name}`,
    actual: `${budgets.length} budgets`,
    expected: '1',
    message: `PodDisruptionBudget ${name}: ${first.name} selects the same pods, and Kubernetes then refuses every eviction`,
    suggestion: 'keep one of them',
  }));
}
