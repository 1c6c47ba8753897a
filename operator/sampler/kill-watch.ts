// Hears of containers that were killed for their memory, from the cache of pods: advice does not wait for the next window.
import { resources } from '../../src/kube/resources.ts';
import type { WorkloadKey } from '../../src/sizing/usage.ts';
import type { Change } from '../../src/kube/watch/reflector.ts';
import type { CacheFactory } from '../manager/controller-deps.ts';
import { watchedPods, type WatchedPod } from '../watched/pods.ts';
import { holdsField } from '../watched/short-text.ts';
import { unpack, within } from '../watched/watched.ts';
import { watchedWorkloads, type WatchedWorkload } from '../watched/workloads.ts';
import type { Knowledge } from './knowledge.ts';
import { readMemoryKills } from '../../src/sizing/memory-kills.ts';
import { findWorkloadOfPod } from './workload-of-pod.ts';

const byKind: Readonly<Record<string, string>> = {
  [resources.deployments.kind]: resources.deployments.plural,
  [resources.statefulSets.kind]: resources.statefulSets.plural,
  [resources.daemonSets.kind]: resources.daemonSets.plural,
  [resources.argoRollouts.kind]: resources.argoRollouts.plural,
};

/** Adds the listener; to be called before the caches start. `learnAll` reads all pods of the cache again: after a restore. */
export function watchKills(
  caches: CacheFactory,
  knowledge: Knowledge,
  onKill: (workload: WatchedWorkload) => void,
): { learnAll: () => void } {
  const pods = caches.get(watchedPods);
  const workloads = new Map(
    watchedWorkloads.map((options) => [options.resource.plural, caches.get(options)]),
  );
  const learn = (pod: WatchedPod): void => {
    if (!holdsField(pod.text, '"reason":"OOMKilled"', pod)) return;
    const object = unpack(pod);
    const key = findWorkloadOfPod(object);
    if (key === undefined || !knowledge.kills.add(key, readMemoryKills(object))) return;
    knowledge.isDirty = true;
    const workload = find(key);
    if (workload !== undefined) onKill(workload);
  };
  const find = ({ kind, namespace, name }: WorkloadKey): WatchedWorkload | undefined =>
    workloads.get(byKind[kind] ?? '')?.get(within(namespace, name));
  pods.onChange((change: Change<WatchedPod>) => {
    if (change.type !== 'deleted') learn(change.value);
  });
  return {
    learnAll: () => {
      for (const pod of pods.objects.values()) learn(pod);
    },
  };
}
