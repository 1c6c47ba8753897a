// How many replicas run, as a promise: the autoscaler's bounds and targets, or the number that is set.
import type { Scaling } from '../api/personas.ts';
import { autoscalersOf, boundsOf } from '../rules/scaling/autoscalers.ts';
import { hasReplicas, isLeftToAutoscaler, replicasOf } from '../rules/scaling/replica-count.ts';
import type { Autoscaler } from '../workload/surroundings.ts';
import type { Workload } from '../workload/workload.ts';
import { keepKnown, nothing, type Described } from './described.ts';
import type { NamespaceSnapshot } from './namespace-snapshot.ts';

/** Nothing where the kind has no replicas, it is scaled to zero, or autoscalers could not be read. */
export function describeScaling(workload: Workload, snapshot: NamespaceSnapshot): Described<Scaling> {
  if (!hasReplicas(workload)) return nothing();
  if (snapshot.unread.has('HorizontalPodAutoscaler'))
    return nothing('scaling: autoscalers could not be read');
  const [first, ...others] = autoscalersOf(workload, snapshot.surroundings);
  if (first === undefined) return describeReplicas(workload);
  const part = fromAutoscalers([first, ...others]);
  if (part === undefined)
    return nothing(`scaling: the bounds of ${first.kind} ${first.name} are not numbers`);
  const notes =
    others.length === 0 ? [] : ['scaling: several autoscalers fight over it, their widest bounds are taken'];
  return { part, notes };
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

function fromAutoscalers(autoscalers: readonly [Autoscaler, ...Autoscaler[]]): Scaling | undefined {
  const bounds = autoscalers.map(boundsOf);
  const minReplicas = Math.min(...bounds.map(({ min }) => min ?? NaN));
  const maxReplicas = Math.max(...bounds.map(({ max }) => max ?? NaN));
  // Also where a bound is malformed: NaN is at least nothing.
  if (!(maxReplicas >= Math.max(minReplicas, 1))) return undefined;
  const [only, second] = autoscalers;
  const targetOf = (target: number | undefined) =>
    second === undefined && isShare(target) ? target : undefined;
  return keepKnown({
    minReplicas,
    maxReplicas,
    targetCPU: targetOf(only.targetCPU),
    targetMemory: targetOf(only.targetMemory),
  });
}

// Kubernetes takes more than 100% of a request, a persona does not.
function isShare(target: number | undefined): target is number {
  return target !== undefined && Number.isInteger(target) && target >= 1 && target <= 100;
}
