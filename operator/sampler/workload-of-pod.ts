// Which workload has made a pod, told from the pod alone.
import { fieldAt, fieldsOf, listOf, textOf } from '../../src/api/foreign-fields.ts';
import type { WorkloadKey } from '../../src/sizing/usage.ts';
import { sizedKinds } from '../watched/usage-presence.ts';

/** `Deployment/shop/web`: a workload as the key of a map. */
export function toText({ kind, namespace, name }: WorkloadKey): string {
  return `${kind}/${namespace}/${name}`;
}

/**
 * The workload of a pod of the API (its metadata suffice): a ReplicaSet's name is that of its Deployment and the hash that its pods bear, an Argo Rollout's
 * pods bear a hash of their own. Undefined for a pod of nobody, or of something whose use is not learnt.
 */
export function findWorkloadOfPod(pod: unknown): WorkloadKey | undefined {
  const metadata = fieldAt(pod, 'metadata');
  const namespace = textOf(fieldAt(metadata, 'namespace'));
  for (const owner of listOf(fieldAt(metadata, 'ownerReferences'))) {
    const kind = textOf(fieldAt(owner, 'kind'));
    const name = textOf(fieldAt(owner, 'name'));
    if (kind === 'ReplicaSet') return fromReplicaSet(namespace, name, fieldAt(metadata, 'labels'));
    if (sizedKinds.has(kind) && name !== '') return { namespace, kind, name };
  }
  return undefined;
}

function fromReplicaSet(namespace: string, name: string, labels: unknown): WorkloadKey | undefined {
  const fields = fieldsOf(labels);
  const hashes = { Deployment: 'pod-template-hash', Rollout: 'rollouts-pod-template-hash' };
  for (const [kind, label] of Object.entries(hashes)) {
    const hash = textOf(fields[label]);
    if (hash !== '' && name.endsWith(`-${hash}`))
      return { namespace, kind, name: name.slice(0, -hash.length - 1) };
  }
  return undefined;
}
