// Whether a workload replaces its pods in the way that its persona names, as far as its kind knows that way.
import type { EffectiveDeploymentPolicy } from '../../api/personas.ts';
import type { Workload } from '../../workload/workload.ts';
import { showValue } from '../show-value.ts';
import type { RuleReport } from '../rule.ts';

type Wanted = EffectiveDeploymentPolicy['strategy'];

/** A report where the type is another; undefined where it is the persona's, or what its kind has for it. */
export function judgeType({ kind, strategy }: Workload, wanted: Wanted): RuleReport | undefined {
  const field = `${strategy.path}.type`;
  if (kind === 'Rollout') return judgeRollout(strategy, wanted);
  if (wanted === 'BlueGreen' || wanted === 'Canary')
    return {
      field: 'kind',
      actual: kind,
      expected: 'Rollout',
      message: `${kind} cannot roll out as ${wanted}, which the persona names: that takes an Argo Rollout`,
      suggestion: 'make it a Rollout of argoproj.io/v1alpha1, or policies.deployment.strategy: RollingUpdate',
    };
  const actual = strategy.type ?? 'RollingUpdate';
  if (actual === wanted || isRecreatingKind(kind, actual, wanted)) return undefined;
  return report(field, showValue(strategy.type), wanted);
}

/** StatefulSets and DaemonSets end a pod before its successor starts: that is what Recreate is about. */
function isRecreatingKind(kind: Workload['kind'], actual: string, wanted: Wanted): boolean {
  return kind !== 'Deployment' && wanted === 'Recreate' && actual === 'RollingUpdate';
}

/** A canary without steps is a rolling update; a Rollout knows no Recreate. */
function judgeRollout({ type, path }: Workload['strategy'], wanted: Wanted): RuleReport | undefined {
  const isMet = type === wanted || (wanted === 'RollingUpdate' && type === 'Canary');
  if (isMet) return undefined;
  const field = wanted === 'BlueGreen' ? `${path}.blueGreen` : `${path}.canary`;
  return report(field, type ?? 'unset', wanted);
}

function report(field: string, actual: string, wanted: Wanted): RuleReport {
  return {
    field,
    actual,
    expected: wanted,
    message: `strategy is ${actual}, the persona says ${wanted}`,
    suggestion: `type: ${wanted}`,
  };
}
