// How a new version replaces the old one, as it is set.
import type { DeploymentPolicy } from '../api/personas.ts';
import type { Workload } from '../workload/workload.ts';

const strategies = ['RollingUpdate', 'Recreate', 'BlueGreen', 'Canary'] as const;

/** The strategy of a Deployment or Rollout; nothing for kinds that the persona's four strategies do not describe. */
export function describeRollout({ kind, strategy }: Workload): DeploymentPolicy | undefined {
  if (kind !== 'Deployment' && kind !== 'StatefulSet' && kind !== 'Rollout') return undefined;
  const type = strategies.find((known) => known === (strategy.type ?? 'RollingUpdate'));
  if (type === undefined) return undefined;
  if (type !== 'RollingUpdate' || kind !== 'Deployment') return { strategy: type };
  const { maxSurge, maxUnavailable } = strategy;
  return {
    strategy: type,
    ...(isCount(maxSurge) ? { maxSurge } : {}),
    ...(isCount(maxUnavailable) ? { maxUnavailable } : {}),
  };
}

function isCount(value: unknown): value is number | string {
  return typeof value === 'number' || typeof value === 'string';
}
