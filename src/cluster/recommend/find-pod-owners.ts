// Whose a pod is: by kube-state-metrics, by the pods that are there, and for pods that are gone by the ReplicaSets that are left.
import { fieldAt, listOf, textOf } from '../../api/foreign-fields.ts';
import type { KubeObject } from '../../kube/objects.ts';
import type { PodOwner } from '../../prometheus/usage-source.ts';
import type { WorkloadKey } from '../../sizing/usage.ts';

/** What is known of pods and their owners. */
export interface OwnerSources {
  /** Of kube-state-metrics; empty without it. */
  told: readonly PodOwner[];
  pods: readonly KubeObject[];
  /** Needed only where nothing is told. */
  replicaSets: readonly KubeObject[];
}

/** What a pod belongs to; undefined where nobody knows. */
export type FindOwner = (pod: { namespace: string; pod: string }) => WorkloadKey | undefined;

/** What the API server makes of names that it completes: five letters and digits without vowels. */
const suffix = /-[bcdfghjklmnpqrstvwxz2456789]{5}$/;

/** Pure. What is there now counts more than what was told. */
export function createOwnerLookup({ told, pods, replicaSets }: OwnerSources): FindOwner {
  const owners = new Map<string, WorkloadKey>();
  for (const { namespace, pod, kind, name } of told)
    owners.set(`${namespace}/${pod}`, { namespace, kind, name });
  const makers = new Map(replicaSets.flatMap((one) => toEntry(one, controllerOf(one))));
  for (const pod of pods) {
    const controller = controllerOf(pod);
    if (controller === undefined) continue;
    const key = toKey(pod, followReplicaSet(pod, controller, makers));
    owners.set(`${key.namespace}/${pod.metadata.name}`, key);
  }
  return ({ namespace, pod }) =>
    owners.get(`${namespace}/${pod}`) ?? makers.get(`${namespace}/${pod.replace(suffix, '')}`);
}

interface Controller {
  kind: string;
  name: string;
}

function controllerOf({ metadata }: KubeObject): Controller | undefined {
  const owner = listOf(fieldAt(metadata, 'ownerReferences')).find(
    (one) => fieldAt(one, 'controller') === true,
  );
  if (owner === undefined) return undefined;
  return { kind: textOf(fieldAt(owner, 'kind')), name: textOf(fieldAt(owner, 'name')) };
}

function toEntry(object: KubeObject, controller: Controller | undefined): [string, WorkloadKey][] {
  if (controller === undefined) return [];
  const key = toKey(object, controller);
  return [[`${key.namespace}/${object.metadata.name}`, key]];
}

const toKey = ({ metadata }: KubeObject, { kind, name }: Controller): WorkloadKey => ({
  namespace: metadata.namespace ?? '',
  kind,
  name,
});

/** A Deployment calls its ReplicaSets after itself and the hash that their pods bear. */
function followReplicaSet(
  pod: KubeObject,
  controller: Controller,
  makers: ReadonlyMap<string, WorkloadKey>,
): Controller {
  if (controller.kind !== 'ReplicaSet') return controller;
  const maker = makers.get(`${pod.metadata.namespace ?? ''}/${controller.name}`);
  if (maker !== undefined) return maker;
  const ending = `-${textOf(fieldAt(pod, 'metadata', 'labels', 'pod-template-hash'))}`;
  const isMade = ending.length > 1 && controller.name.endsWith(ending);
  return isMade ? { kind: 'Deployment', name: controller.name.slice(0, -ending.length) } : controller;
}
