// The DaemonSet of a component that runs once on each node.
import type { ComponentPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { selectorLabels } from './labels.ts';
import { objectMetadata } from './object-metadata.ts';
import { buildPodTemplate } from './pod-template.ts';

/** Builds the DaemonSet. */
export function buildDaemonSet(plan: ComponentPlan): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: objectMetadata(plan),
    spec: {
      revisionHistoryLimit: 5,
      selector: { matchLabels: selectorLabels(plan.name) },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
      template: buildPodTemplate(plan),
    },
  };
}
