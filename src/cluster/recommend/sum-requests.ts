// What workloads ask the scheduler for, now and under the advice.
import { toMilliUnits, toWholeUnits } from '../../quantity/index.ts';
import { amountOf, lastingContainers, ownRequest } from '../../rules/resources/amounts.ts';
import type { Advice } from '../../sizing/advice.ts';
import type { Container } from '../../workload/workload.ts';
import type { AdvisedWorkload } from './recommended.ts';

/** CPU and memory of any number of pods. */
export interface Amounts {
  cpuMillicores: number;
  memoryBytes: number;
}

/** Both sides of a change, over all replicas. */
export interface Change {
  now: Amounts;
  then: Amounts;
}

type Resource = Advice['resource'];

/** Requests of all containers of all replicas; a limit without a request counts as one, as Kubernetes has it, and neither counts as nothing. */
export function sumRequests(workloads: readonly AdvisedWorkload[]): Change {
  const change: Change = {
    now: { cpuMillicores: 0, memoryBytes: 0 },
    then: { cpuMillicores: 0, memoryBytes: 0 },
  };
  for (const { workload, replicas, advice } of workloads) {
    for (const container of lastingContainers(workload.pod)) {
      const own = advice.filter((one) => one.container === container.name);
      change.now.cpuMillicores += replicas * requestNow(container, 'cpu');
      change.now.memoryBytes += replicas * requestNow(container, 'memory');
      change.then.cpuMillicores += replicas * requestThen(container, 'cpu', own);
      change.then.memoryBytes += replicas * requestThen(container, 'memory', own);
    }
  }
  return change;
}

function requestNow(container: Container, resource: Resource): number {
  return toAmount(ownRequest(container, resource)?.value, resource);
}

function requestThen(container: Container, resource: Resource, advice: readonly Advice[]): number {
  const own = advice.find((one) => one.resource === resource && one.setting === 'request');
  return own === undefined ? requestNow(container, resource) : toAmount(own.recommended, resource);
}

/** Millicores or bytes; 0 for what is unset or malformed. */
export function toAmount(value: unknown, resource: Resource): number {
  const quantity = amountOf(value);
  if (quantity === undefined) return 0;
  return Number(resource === 'cpu' ? toMilliUnits(quantity) : toWholeUnits(quantity));
}

/** What one piece of advice changes over all replicas, in millicores or bytes: positive is more. Limits set nothing aside. */
export function changeOf({ setting, resource, current, recommended }: Advice, replicas: number): number {
  if (setting === 'limit') return 0;
  return replicas * (toAmount(recommended, resource) - toAmount(current, resource));
}
