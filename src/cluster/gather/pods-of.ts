// Reads the pods of a workload, at most a few hundred: enough to say why it is not up.
import type { KubeClient } from '../../kube/client.ts';
import { resources } from '../../kube/resources.ts';
import { findPodsOf } from '../../status/pods.ts';
import type { Selector, Workload } from '../../workload/workload.ts';
import { readPart, type Part } from './part.ts';

/** Pods of one workload that are read, at most. */
const MAX_PODS = 500;
/** Runs of a CronJob that are looked at. */
const MAX_RUNS = 3;

/** The pods; of a CronJob those of its latest runs. */
export async function readPodsOf(
  client: KubeClient,
  workload: Workload,
  madeJobs: readonly Workload[],
  signal?: AbortSignal,
): Promise<Part> {
  const query = selectPods(workload, madeJobs);
  if (query === undefined) return { objects: [], unseen: undefined, isCut: false };
  const part = await readPart(client, resources.pods, {
    namespace: workload.namespace,
    ...query,
    most: MAX_PODS,
    signal,
  });
  const belonging = new Set(findPodsOf(workload, part.objects));
  return { ...part, objects: part.objects.filter((pod) => belonging.has(pod)) };
}

function selectPods(
  workload: Workload,
  madeJobs: readonly Workload[],
): { labelSelector?: string; fieldSelector?: string } | undefined {
  if (workload.kind === 'Pod') return { fieldSelector: `metadata.name=${workload.name}` };
  if (workload.kind !== 'CronJob')
    return workload.selector === undefined ? undefined : { labelSelector: formatSelector(workload.selector) };
  const runs = madeJobs
    .filter(({ ownerReferences }) => ownerReferences.some(({ uid }) => uid !== '' && uid === workload.uid))
    .slice(0, MAX_RUNS);
  return runs.length === 0
    ? undefined
    : { labelSelector: `batch.kubernetes.io/job-name in (${runs.map(({ name }) => name).join(',')})` };
}

/** A selector as the API's labelSelector writes it. Operators that the API does not know are left out. */
export function formatSelector({ matchLabels, matchExpressions }: Selector): string {
  const equal = [...matchLabels].map(([key, value]) => `${key}=${value}`);
  const others = matchExpressions.flatMap(({ key, operator, values }) => {
    switch (operator) {
      case 'In':
        return [`${key} in (${values.join(',')})`];
      case 'NotIn':
        return [`${key} notin (${values.join(',')})`];
      case 'Exists':
        return [key];
      case 'DoesNotExist':
        return [`!${key}`];
      default:
        return [];
    }
  });
  return [...equal, ...others].join(',');
}
