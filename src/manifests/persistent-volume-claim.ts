// One claim for each directory whose content must outlive the pod: an object of its own, or what a StatefulSet makes for each pod.
import type { ComponentPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { selectorLabels } from './labels.ts';
import { objectMetadata } from './object-metadata.ts';

/** The claims of a component that makes none itself; the cluster's default StorageClass serves them. */
export function buildPersistentVolumeClaims(plan: ComponentPlan): KubernetesObject[] {
  if (plan.workload === 'StatefulSet') return [];
  const seen = new Set<string>();
  return plan.volumes.flatMap(({ source }) => {
    if (source.kind !== 'claim' || seen.has(source.claimName)) return [];
    seen.add(source.claimName);
    return [
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: objectMetadata(plan, { name: source.claimName }),
        spec: claimSpec(source.size),
      },
    ];
  });
}

/**
 * `volumeClaimTemplates` of a StatefulSet, under the names of the volumes. They can never change, so they carry the labels that never do.
 */
export function buildClaimTemplates({ name, volumes }: ComponentPlan): object[] {
  return volumes.flatMap((volume) =>
    volume.source.kind === 'claim'
      ? [
          {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            metadata: { name: volume.name, labels: selectorLabels(name) },
            spec: claimSpec(volume.source.size),
          },
        ]
      : [],
  );
}

function claimSpec(storage: string): object {
  return { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } };
}
