// The order of advice, so that the same is printed whoever asks: what is worth most first.
import { compareText } from '../../api/compare-text.ts';
import { priorities } from '../../api/vocabulary.ts';
import type { Advice } from '../../sizing/advice.ts';
import type { Workload } from '../../workload/workload.ts';
import type { AdvisedWorkload } from './recommended.ts';
import { sumRequests } from './sum-requests.ts';

/** A core costs about as much as this many GiB, at every large provider. */
const gibibytesPerCore = 8;
const gibibyte = 2 ** 30;

/** By container as the pod has them, CPU before memory, request before limit. */
export function sortAdvice(advice: readonly Advice[], { pod }: Workload): Advice[] {
  const containers = pod.containers.map(({ name }) => name);
  return advice.toSorted(
    (left, right) =>
      containers.indexOf(left.container) - containers.indexOf(right.container) ||
      compareText(left.resource, right.resource) ||
      compareText(right.setting, left.setting),
  );
}

/** The gravest first, then what moves most, then by name. */
export function sortAdvised(workloads: readonly AdvisedWorkload[]): AdvisedWorkload[] {
  return workloads
    .map((one) => ({ one, rank: rankOf(one), weight: weigh(one) }))
    .sort(
      (left, right) =>
        left.rank - right.rank ||
        right.weight - left.weight ||
        compareText(left.one.namespace, right.one.namespace) ||
        compareText(left.one.workload.name, right.one.workload.name) ||
        compareText(left.one.workload.kind, right.one.workload.kind),
    )
    .map(({ one }) => one);
}

const rankOf = ({ advice }: AdvisedWorkload): number =>
  Math.min(...advice.map(({ priority }) => priorities.indexOf(priority)));

/** How much is moved, in cores: what is saved and what is missing count alike. */
function weigh(advised: AdvisedWorkload): number {
  const { now, then } = sumRequests([advised]);
  const cores = Math.abs(now.cpuMillicores - then.cpuMillicores) / 1000;
  return cores + Math.abs(now.memoryBytes - then.memoryBytes) / gibibyte / gibibytesPerCore;
}
