// The cache of pods: only those that have something to tell, and of these only what says so.
import { fieldAt, fieldsOf, listOf, textOf, type Fields } from '../../src/api/foreign-fields.ts';
import { resources } from '../../src/kube/resources.ts';
import { conditionOf } from '../../src/status/object-conditions.ts';
import { findFailuresOfPod } from '../../src/status/pod-failure.ts';
import { readTextMap } from '../../src/workload/text-map.ts';
import type { CacheOptions } from '../manager/cache.ts';
import { pack, within, type Watched } from './watched.ts';

/** A pod that is not as it should be. */
export interface WatchedPod extends Watched {
  /** Labels as `key=value`. */
  labels: readonly string[];
  /** The CronJob whose Job made it; empty for every other pod. */
  cronJob: string;
}

/** Pods by each of their labels, and by the name of their CronJob (with {@link ofCronJob}). */
export const byLabel = 'label';

/** What stands in the index for a CronJob: no label begins so. */
export function ofCronJob(name: string): string {
  return `=${name}`;
}

const containerFields = ['name', 'image', 'ready', 'restartCount', 'state', 'lastState'] as const;

function projectPod(object: unknown): WatchedPod | undefined {
  const metadata = fieldsOf(fieldAt(object, 'metadata'));
  const status = fieldAt(object, 'status');
  if (!hasSomethingToTell(object, status)) return undefined;
  const { name, namespace, labels, creationTimestamp } = metadata;
  const owners = listOf(metadata['ownerReferences']).map(keepOwner);
  const containers = (field: string) =>
    listOf(fieldAt(status, field)).map((container) =>
      Object.fromEntries(containerFields.map((key) => [key, fieldAt(container, key)])),
    );
  const rest = {
    metadata: { name, namespace, labels, creationTimestamp, ownerReferences: owners },
    spec: { containers: listOf(fieldAt(object, 'spec', 'containers')).map(keepMemoryLimit) },
    status: {
      phase: fieldAt(status, 'phase'),
      reason: fieldAt(status, 'reason'),
      message: fieldAt(status, 'message'),
      conditions: listOf(fieldAt(status, 'conditions')).filter(isRead),
      initContainerStatuses: containers('initContainerStatuses'),
      containerStatuses: containers('containerStatuses'),
    },
  };
  return {
    ...pack(object, rest),
    labels: [...readTextMap(labels)].map(([key, value]) => `${key}=${value}`),
    cronJob: findCronJob(owners),
  };
}

/** Whoever is ready, has finished or goes away is no news. */
function hasSomethingToTell(object: unknown, status: unknown): boolean {
  const phase = fieldAt(status, 'phase');
  if (phase === 'Succeeded' || fieldAt(object, 'metadata', 'deletionTimestamp') !== undefined) return false;
  if (conditionOf(status, 'Ready')?.status !== 'True') return true;
  // One that runs again has lost all the same what it held: advice is made of that.
  if (wasKilledForMemory(status)) return true;
  // Whether a failure is old enough to be forgiven is another's question: any time will do.
  return findFailuresOfPod(object, new Date(0)).length > 0;
}

function wasKilledForMemory(status: unknown): boolean {
  return listOf(fieldAt(status, 'containerStatuses')).some((container) =>
    ['state', 'lastState'].some(
      (field) => textOf(fieldAt(container, field, 'terminated', 'reason')) === 'OOMKilled',
    ),
  );
}

/** The limit that it was killed at, if it was. */
function keepMemoryLimit(container: unknown): Fields {
  const memory = fieldAt(container, 'resources', 'limits', 'memory');
  return { name: fieldAt(container, 'name'), resources: { limits: { memory } } };
}

function isRead(condition: unknown): boolean {
  const type = fieldAt(condition, 'type');
  return type === 'Ready' || type === 'PodScheduled';
}

function keepOwner(owner: unknown): Fields {
  const { kind, name } = fieldsOf(owner);
  return { kind, name };
}

/** A CronJob's Jobs are called like it, and a time. */
function findCronJob(owners: readonly Fields[]): string {
  const job = owners.find(({ kind }) => kind === 'Job');
  return /^(.+)-\d+$/.exec(textOf(job?.['name']))?.[1] ?? '';
}

/** Pods of all namespaces. */
export const watchedPods: CacheOptions<WatchedPod> = {
  resource: resources.pods,
  project: projectPod,
  indices: {
    [byLabel]: ({ namespace, labels, cronJob }) =>
      [...labels, ...(cronJob === '' ? [] : [ofCronJob(cronJob)])].map((what) => within(namespace, what)),
  },
};
