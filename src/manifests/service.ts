// The Services of a component: one for those who call it over the network, one that names the pods of a StatefulSet.
import { hasService } from './component-plan.ts';
import type { ComponentPlan, PortPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { selectorLabels } from './labels.ts';
import { toDnsName } from './names.ts';
import { objectMetadata } from './object-metadata.ts';

/** Name of the Service that gives the pods of a StatefulSet their names. */
export function headlessName(name: string): string {
  return toDnsName(`${name}-headless`);
}

/** Builds the Service: the same ports outside as inside, so that addresses from compose keep working. */
export function buildService(plan: ComponentPlan): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: objectMetadata(plan),
    spec: { type: 'ClusterIP', selector: selectorLabels(plan.name), ports: plan.ports.map(toServicePort) },
  };
}

/** Builds the headless Service that a StatefulSet names. */
export function buildHeadlessService(plan: ComponentPlan): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: objectMetadata(plan, { name: headlessName(plan.name) }),
    spec: {
      type: 'ClusterIP',
      clusterIP: 'None',
      selector: selectorLabels(plan.name),
      ...(plan.ports.length === 0 ? {} : { ports: plan.ports.map(toServicePort) }),
    },
  };
}

/** Builds the Service of a component whose ports nobody says: its name leads to its pods, on any port. */
export function buildNameService(plan: ComponentPlan): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: objectMetadata(plan),
    spec: {
      type: 'ClusterIP',
      clusterIP: 'None',
      selector: selectorLabels(plan.name),
      ...(plan.ports.length === 0 ? {} : { ports: plan.ports.map(toServicePort) }),
    },
  };
}

/** Builds a Service for each other name that siblings reach the component by. */
export function buildAliasServices(plan: ComponentPlan): KubernetesObject[] {
  return plan.aliases.map((name) => {
    const service = hasService(plan) ? buildService(plan) : buildNameService(plan);
    return { ...service, metadata: objectMetadata(plan, { name }) };
  });
}

function toServicePort({ name, port, protocol }: PortPlan): object {
  return { name, port, targetPort: name, protocol };
}
