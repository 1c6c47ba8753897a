// Which PodDisruptionBudgets protect a workload's pods, and how many evictions they allow, rounded as the disruption controller does.
import { compareText } from '../../api/compare-text.ts';
import { parseIntOrPercent, resolveIntOrPercent } from '../../quantity/index.ts';
import { matchesSelector } from '../../workload/selector.ts';
import type { DisruptionBudget, Surroundings } from '../../workload/surroundings.ts';
import type { Workload } from '../../workload/workload.ts';

/** The budgets whose selector the pods' labels fulfil, by name: files and caches have orders of their own. An empty selector is every pod's, an absent one nobody's. */
export function budgetsOf(
  { pod }: Workload,
  { disruptionBudgets }: Surroundings,
): readonly DisruptionBudget[] {
  return disruptionBudgets
    .filter(({ selector }) => selector !== undefined && matchesSelector(selector, pod.labels))
    .sort((left, right) => compareText(left.name, right.name));
}

/**
 * How many of `replicas` healthy pods may be evicted at once. Both sides round up: 1% of 2 may be unavailable is 1, and 51% of 2 have to be
 * available is 2. A budget that names neither allows none. Undefined where the value is malformed.
 */
export function allowedEvictions(
  { minAvailable, maxUnavailable }: DisruptionBudget,
  replicas: number,
): number | undefined {
  const value = maxUnavailable ?? minAvailable;
  if (value === undefined) return 0;
  const parsed = parseIntOrPercent(value);
  if (!parsed.ok) return undefined;
  const count = resolveIntOrPercent(parsed.value, replicas, 'up');
  return maxUnavailable === undefined ? Math.max(0, replicas - count) : Math.min(replicas, count);
}
