// Who made the pods that run, as the API server has it: a list of their metadata, page by page, for where no Prometheus tells.
import { fieldAt, textOf } from '../../src/api/foreign-fields.ts';
import { foldList } from '../../src/discovery/fold-list.ts';
import type { KubeClient } from '../../src/kube/client.ts';
import { resources } from '../../src/kube/resources.ts';
import type { PodOwner } from '../../src/prometheus/usage-source.ts';
import { findWorkloadOfPod } from './workload-of-pod.ts';

/** Stands for whatever else may have made a pod. */
const others = { kind: '', name: '' };

/** Every pod of the cluster. @throws KubeError */
export async function listPodOwners(client: KubeClient, signal: AbortSignal): Promise<PodOwner[]> {
  return foldList<PodOwner[]>(
    client,
    resources.pods,
    { isMetadataOnly: true, signal },
    () => [],
    (owners, pod) => {
      const { kind, name } = findWorkloadOfPod(pod) ?? others;
      const metadata = fieldAt(pod, 'metadata');
      owners.push({
        namespace: textOf(fieldAt(metadata, 'namespace')),
        pod: textOf(fieldAt(metadata, 'name')),
        kind,
        name,
      });
    },
  );
}
