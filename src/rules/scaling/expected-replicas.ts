// Between how many replicas a workload will run: its own number, or its autoscaler's bounds.
import type { Surroundings } from '../../workload/surroundings.ts';
import type { Workload } from '../../workload/workload.ts';
import { autoscalersOf, boundsOf } from './autoscalers.ts';
import { hasReplicas, replicasOf } from './replica-count.ts';

/** Bounds of the number of replicas; undefined where the kind has none, or where a value is malformed. */
export function expectedReplicas(
  workload: Workload,
  surroundings: Pick<Surroundings, 'autoscalers'>,
): { min: number; max: number } | undefined {
  if (!hasReplicas(workload)) return undefined;
  const [autoscaler] = autoscalersOf(workload, surroundings);
  if (!autoscaler) {
    const replicas = replicasOf(workload);
    return replicas === undefined ? undefined : { min: replicas, max: replicas };
  }
  const { min, max } = boundsOf(autoscaler);
  return min === undefined ? undefined : { min, max: Math.max(min, max ?? min) };
}
