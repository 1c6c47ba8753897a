// What an autoscaler aims at for one container's use of a resource.
import type { Autoscaler } from '../../workload/surroundings.ts';
import type { SizedResource } from './amounts.ts';

/** A share of the request; `unknown` where it scales by the request and does not say at which share; undefined where it does not look at it. */
export type UtilizationTarget = number | 'unknown' | undefined;

/** Metrics of other things than the use of requests (queues, requests per second) count as none. */
export function utilizationTarget(
  autoscaler: Autoscaler | undefined,
  container: string,
  resource: SizedResource,
): UtilizationTarget {
  if (autoscaler === undefined) return undefined;
  const ofPod = resource === 'cpu' ? autoscaler.targetCPU : autoscaler.targetMemory;
  const percent = ofPod ?? targetOfContainer(autoscaler, container, resource);
  if (percent === undefined || percent === 'unknown') return percent;
  return percent >= 1 && percent <= 1000 ? percent / 100 : 'unknown';
}

function targetOfContainer(
  { containerTargets, measuredResources }: Autoscaler,
  container: string,
  resource: SizedResource,
): number | 'unknown' | undefined {
  const targets = (containerTargets ?? []).filter((target) => target.resource === resource);
  if (targets.length === 0) return measuredResources.includes(resource) ? 'unknown' : undefined;
  const own = targets.find((target) => target.container === container);
  return own === undefined ? undefined : (own.utilization ?? 'unknown');
}
