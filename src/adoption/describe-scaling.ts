// How many replicas run, as a promise: the autoscaler's bounds and targets, or the number that is set.
import type { Scaling } from '../api/personas.ts';
import { autoscalersOf, boundsOf } from '../rules/scaling/autoscalers.ts';
import { hasReplicas, isLeftToAutoscaler, replicasOf } from '../rules/scaling/replica-count.ts';
import type { Autoscaler } from '../workload/surroundings.ts';
import type { Workload } from '../workload/workload.ts';
import { nothing, type Described } from './described.ts';
import type { NamespaceSnapshot } from './namespace-snapshot.ts';

/** Nothing where the kind has no replicas, it is scaled to zero, or autoscalers could not be read. */
export function describeScaling(workload: Workload, snapshot: NamespaceSnapshot): Described<Scaling> {
  if (!hasReplicas(workload)) return nothing();
  if (snapshot.unread.has('HorizontalPodAutoscaler'))
    return nothing('scaling: autoscalers could not be read');
  const [autoscaler, second] = autoscalersOf(workload, snapshot.surroundings);
  if (autoscaler === undefined) return describeReplicas(workload);
  const scaling = fromAutoscaler(autoscaler);
  if (scaling === undefined)
    return nothing(`scaling: the bounds of ${autoscaler.kind} ${autoscaler.name} are not numbers`);
  const notes =
    second === undefined ? [] : [`scaling is that of ${autoscaler.kind} ${autoscaler.name}, one of several`];
  return { part: scaling, notes };
}

function describeReplicas(workload: Workload): Described<Scaling> {
  if (isLeftToAutoscaler(workload))
    return nothing('scaling: replicas are left to an autoscaler that is not there');
  const replicas = replicasOf(workload);
  if (replicas === undefined) return nothing('scaling: replicas is not a number');
  if (replicas === 0)
    return nothing('scaling: it is scaled to zero, and how many it has otherwise is not known');
  return { part: { minReplicas: replicas, maxReplicas: replicas }, notes: [] };
}

function fromAutoscaler(autoscaler: Autoscaler): Scaling | undefined {
  const { min, max } = boundsOf(autoscaler);
  if (min === undefined || max === undefined || max < Math.max(min, 1)) return undefined;
  return {
    minReplicas: min,
    maxReplicas: max,
    ...(isShare(autoscaler.targetCPU) ? { targetCPU: autoscaler.targetCPU } : {}),
    ...(isShare(autoscaler.targetMemory) ? { targetMemory: autoscaler.targetMemory } : {}),
  };
}

// Kubernetes takes more than 100% of a request, a persona does not.
function isShare(target: number | undefined): target is number {
  return target !== undefined && Number.isInteger(target) && target >= 1 && target <= 100;
}
