// The rule that a new version replaces the old one as the persona says.
import type { Workload, WorkloadKind } from '../../workload/workload.ts';
import type { Rule } from '../rule.ts';
import { judgeShare } from './judge-share.ts';
import { judgeType } from './strategy-type.ts';

const rollingKinds: ReadonlySet<WorkloadKind> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Rollout',
]);

/** rollout/strategy */
export const strategy: Rule = {
  id: 'rollout/strategy',
  title: 'A new version replaces the old one as the persona says',
  semantics:
    'The type of the update strategy (absent: RollingUpdate) against policies.deployment.strategy. BlueGreen and Canary expect a Rollout of Argo; a StatefulSet or DaemonSet that rolls also meets Recreate, because it ends a pod before the next one starts. Of a rolling Deployment maxSurge (rounded up) and maxUnavailable (rounded down) come to no more than the persona’s, for the fewest and the most replicas there may be (those of its autoscaler, else its own; not judged while dorgu.io/replicas: hpa waits for one); of StatefulSets maxUnavailable, where it is written, to no more than the persona’s or 1. DaemonSets are judged by type alone.',
  rationale:
    'How many pods may be missing while a version rolls out is what users feel; how many there may be beyond is what the cluster needs room for.',
  severity: 'warning',
  otherSeverities: '',
  bad: '# persona: {policies: {deployment: {maxUnavailable: 0}}}\nspec:\n  strategy:\n    rollingUpdate:\n      maxUnavailable: 1',
  good: '# persona: {policies: {deployment: {maxUnavailable: 0}}}\nspec:\n  strategy:\n    rollingUpdate:\n      maxUnavailable: 0',
  needsSurroundings: false,
  evaluate(input) {
    const { workload, persona } = input;
    if (!rollingKinds.has(workload.kind)) return 'not-applicable';
    const policy = persona.spec.policies.deployment;
    const type = judgeType(workload, policy.strategy);
    if (type) return [type];
    if (workload.kind === 'DaemonSet' || !isRolling(workload)) return [];
    const shares =
      workload.kind === 'StatefulSet'
        ? (['maxUnavailable'] as const)
        : (['maxSurge', 'maxUnavailable'] as const);
    return shares.flatMap((share) => judgeShare(input, share, policy));
  },
};

function isRolling({ kind, strategy: { type } }: Workload): boolean {
  return type === undefined ? kind !== 'Rollout' : type === 'RollingUpdate' || type === 'Canary';
}
