// How many pods a rolling update may add or take away, against what the persona allows.
import type { EffectiveDeploymentPolicy } from '../../api/personas.ts';
import { parseIntOrPercent, resolveIntOrPercent } from '../../quantity/index.ts';
import type { IntOrPercent } from '../../quantity/index.ts';
import type { Workload } from '../../workload/workload.ts';
import { showValue } from '../show-value.ts';
import type { RuleInput } from '../rule-input.ts';
import type { RuleReport } from '../rule.ts';
import { knownAutoscalersOf } from '../scaling/autoscalers.ts';
import { expectedReplicas } from '../scaling/expected-replicas.ts';
import { isLeftToAutoscaler } from '../scaling/replica-count.ts';

/** Which of the two. */
export type RolloutShare = 'maxSurge' | 'maxUnavailable';

/** Reports where the share is malformed, or comes to more than the persona's for the fewest or the most replicas. */
export function judgeShare(
  input: RuleInput,
  share: RolloutShare,
  policy: EffectiveDeploymentPolicy,
): RuleReport[] {
  const { workload } = input;
  const written = workload.strategy[share];
  // A StatefulSet that says nothing replaces one pod after another.
  if (workload.kind === 'StatefulSet' && written === undefined) return [];
  const actual = parseIntOrPercent(written ?? '25%');
  if (!actual.ok) return [malformed(workload, share, actual.reason)];
  const most = parseIntOrPercent(policy[share]);
  const over = most.ok ? findExcess(input, share, { actual: actual.value, most: most.value }) : undefined;
  if (over === undefined) return [];
  const expected = showValue(policy[share]);
  const shown = written === undefined ? 'unset (25%)' : showValue(written);
  return [
    {
      field: fieldOf(workload, share),
      actual: shown,
      expected: `at most ${expected}`,
      message: `${share} is ${shown}, more than the persona’s ${expected} with ${over} replicas`,
      suggestion: `${share}: ${expected}`,
    },
  ];
}

/** The number of replicas with which it comes to more; Kubernetes rounds a surge up and what is missing down. */
function findExcess(
  input: RuleInput,
  share: RolloutShare,
  { actual, most }: { actual: IntOrPercent; most: IntOrPercent },
): number | undefined {
  const { workload } = input;
  const autoscalers = knownAutoscalersOf(input);
  // The one that it is left to is still on its way, or missing: scaling/hpa-missing.
  if (autoscalers.length === 0 && isLeftToAutoscaler(workload)) return undefined;
  const counts = expectedReplicas(workload, { autoscalers });
  if (!counts) return undefined;
  const rounding = share === 'maxSurge' ? 'up' : 'down';
  const floor = workload.kind === 'StatefulSet' ? 1 : 0;
  return [counts.min, counts.max].find(
    (replicas) =>
      resolveIntOrPercent(actual, replicas, rounding) >
      Math.max(floor, resolveIntOrPercent(most, replicas, rounding)),
  );
}

function malformed(workload: Workload, share: RolloutShare, reason: string): RuleReport {
  const actual = showValue(workload.strategy[share]);
  return {
    field: fieldOf(workload, share),
    actual,
    expected: 'a count or a percentage',
    message: `${share} is ${actual}, which is neither a count nor a percentage: ${reason}`,
  };
}

function fieldOf({ kind, strategy: { path } }: Workload, share: RolloutShare): string {
  return kind === 'Rollout' ? `${path}.canary.${share}` : `${path}.rollingUpdate.${share}`;
}
