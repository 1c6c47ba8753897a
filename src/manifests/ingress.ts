// The Ingress of a component that is asked for by name from outside, always with TLS.
import type { ComponentPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { objectMetadata } from './object-metadata.ts';

/** Builds the Ingress; undefined where the component is not exposed by one. */
export function buildIngress(plan: ComponentPlan): KubernetesObject | undefined {
  const { expose, options, ports } = plan;
  if (!expose || options.expose.kind !== 'ingress') return undefined;
  const { className, clusterIssuer } = options.expose;
  const backend = { service: { name: plan.name, port: { name: ports[0]?.name } } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: objectMetadata(
      plan,
      clusterIssuer === undefined ? {} : { annotations: { 'cert-manager.io/cluster-issuer': clusterIssuer } },
    ),
    spec: {
      ...(className === undefined ? {} : { ingressClassName: className }),
      tls: [{ hosts: [expose.host], secretName: expose.tlsSecret }],
      rules: [
        {
          host: expose.host,
          http: { paths: expose.paths.map((path) => ({ path, pathType: 'Prefix', backend })) },
        },
      ],
    },
  };
}
