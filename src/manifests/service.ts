// The Service of a component that is called over the network.
import type { ComponentPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { selectorLabels } from './labels.ts';
import { objectMetadata } from './object-metadata.ts';

/** Builds the Service: the same ports outside as inside, so that addresses from compose keep working. */
export function buildService(plan: ComponentPlan): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: objectMetadata(plan),
    spec: {
      type: 'ClusterIP',
      selector: selectorLabels(plan.name),
      ports: plan.ports.map(({ name, port, protocol }) => ({ name, port, targetPort: name, protocol })),
    },
  };
}
