// The identity of a component's pods: its own, without a token.
import type { ComponentPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { objectMetadata } from './object-metadata.ts';

/** Builds the ServiceAccount. */
export function buildServiceAccount(plan: ComponentPlan): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: objectMetadata(plan),
    automountServiceAccountToken: false,
  };
}
