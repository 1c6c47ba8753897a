// One claim for each directory whose content must outlive the pod.
import type { ComponentPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { objectMetadata } from './object-metadata.ts';

/** The claims of a component; the cluster's default StorageClass serves them. */
export function buildPersistentVolumeClaims(plan: ComponentPlan): KubernetesObject[] {
  const seen = new Set<string>();
  return plan.volumes.flatMap(({ source }) => {
    if (source.kind !== 'claim' || seen.has(source.claimName)) return [];
    seen.add(source.claimName);
    return [
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: objectMetadata(plan, { name: source.claimName }),
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: source.size } } },
      },
    ];
  });
}
