// The StatefulSet of a component that owns a disk: each pod keeps its name and its claims.
import type { ComponentPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { selectorLabels } from './labels.ts';
import { objectMetadata } from './object-metadata.ts';
import { buildClaimTemplates } from './persistent-volume-claim.ts';
import { buildPodTemplate } from './pod-template.ts';
import { headlessName } from './service.ts';

/** Builds the StatefulSet. */
export function buildStatefulSet(plan: ComponentPlan): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: objectMetadata(plan),
    spec: {
      replicas: plan.scaling.minReplicas,
      serviceName: headlessName(plan.name),
      revisionHistoryLimit: 5,
      // In order, a pod that never gets ready would stand in the way of the version that mends it.
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: selectorLabels(plan.name) },
      updateStrategy: { type: 'RollingUpdate' },
      template: buildPodTemplate(plan),
      volumeClaimTemplates: buildClaimTemplates(plan),
    },
  };
}
