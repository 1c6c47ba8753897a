// Owners of pods, followed up to what made their ReplicaSets.
import { isObjectName } from './collect-samples.ts';
import type { Series } from './parse-answer.ts';
import { ownerLabels } from './queries.ts';
import type { PodOwner } from './usage-source.ts';

/** Puts series of kube_pod_owner and kube_replicaset_owner together as they come, in any order. */
export interface OwnerJoin {
  add(series: Series): void;
  /** One per pod. A ReplicaSet that nobody is known to own stays the owner. */
  owners(): PodOwner[];
}

const kindShape = /^[A-Z][A-Za-z0-9]{0,62}$/;

export function createOwnerJoin(): OwnerJoin {
  const pods = new Map<string, PodOwner>();
  const replicaSets = new Map<string, { kind: string; name: string }>();
  return {
    add(series) {
      const namespace = series.label(ownerLabels.namespace);
      const kind = series.label(ownerLabels.kind);
      const name = series.label(ownerLabels.name);
      if (!isObjectName(namespace) || !kindShape.test(kind) || !isObjectName(name)) return;
      const pod = series.label(ownerLabels.pod);
      const replicaSet = series.label(ownerLabels.replicaSet);
      // kube-state-metrics' own pod may be in `pod` of what it says about ReplicaSets, where labels are not honoured.
      if (isObjectName(replicaSet)) replicaSets.set(`${namespace}/${replicaSet}`, { kind, name });
      else if (isObjectName(pod)) pods.set(`${namespace}/${pod}`, { namespace, pod, kind, name });
    },
    owners: () =>
      [...pods.values()].map((owner) => {
        const above =
          owner.kind === 'ReplicaSet' ? replicaSets.get(`${owner.namespace}/${owner.name}`) : undefined;
        return above === undefined ? owner : { ...owner, ...above };
      }),
  };
}
