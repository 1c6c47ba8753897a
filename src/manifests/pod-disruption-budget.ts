// The PodDisruptionBudget of a component with at least two replicas.
import { hasReplicas } from './component-plan.ts';
import type { ComponentPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { selectorLabels } from './labels.ts';
import { objectMetadata } from './object-metadata.ts';

/** Whether a budget helps: with one replica it would only stand in the way of draining a node. */
export function needsDisruptionBudget(plan: ComponentPlan): boolean {
  return hasReplicas(plan) && plan.scaling.minReplicas >= 2;
}

/** Builds the budget; pods that are broken anyway may always be evicted. */
export function buildPodDisruptionBudget(plan: ComponentPlan): KubernetesObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: objectMetadata(plan),
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: selectorLabels(plan.name) },
    },
  };
}
