// The operator's container as manifests have it: what its process is started with.
import type { Manifest } from './bundle.ts';

/** A container, as far as tests look. */
export interface Container {
  name: string;
  image: string;
  args?: string[];
  env?: { name: string; value?: string; valueFrom?: { fieldRef?: { fieldPath: string } } }[];
  ports?: { name: string; containerPort: number }[];
  resources: { requests: Record<string, string>; limits: Record<string, string> };
  volumeMounts?: { name: string; mountPath: string }[];
}

/** The operator's Deployment. */
export interface OperatorDeployment extends Manifest {
  spec: {
    replicas: number;
    template: { spec: { priorityClassName?: string; containers: Container[] } };
  };
}

/** Finds it; there is one container. @throws Error where there is none, or several */
export function findOperator(manifests: readonly Manifest[]): {
  deployment: OperatorDeployment;
  container: Container;
} {
  const [deployment, ...others] = manifests.filter(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'dorgu-operator',
  ) as OperatorDeployment[];
  const [container, ...sidecars] = deployment?.spec.template.spec.containers ?? [];
  if (deployment === undefined || container === undefined || others.length + sidecars.length > 0)
    throw new Error('expected one Deployment dorgu-operator with one container');
  return { deployment, container };
}

/** The variables that the kubelet would set. */
export function readVariables({ env = [] }: Container, namespace: string): Record<string, string> {
  return Object.fromEntries(
    env.map(({ name, value, valueFrom }) => [
      name,
      valueFrom?.fieldRef?.fieldPath === 'metadata.namespace' ? namespace : (value ?? ''),
    ]),
  );
}
