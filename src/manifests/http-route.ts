// The HTTPRoute of a component that is reached through a Gateway.
import type { ComponentPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { objectMetadata } from './object-metadata.ts';

/** Builds the HTTPRoute; undefined where the component is not exposed by a Gateway. */
export function buildHttpRoute(plan: ComponentPlan): KubernetesObject | undefined {
  const { expose, options, ports } = plan;
  if (!expose || options.expose.kind !== 'gateway') return undefined;
  const { gatewayName, gatewayNamespace, sectionName } = options.expose;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: objectMetadata(plan, {
      annotations: { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' },
    }),
    spec: {
      parentRefs: [
        {
          name: gatewayName,
          ...(gatewayNamespace === undefined ? {} : { namespace: gatewayNamespace }),
          ...(sectionName === undefined ? {} : { sectionName }),
        },
      ],
      hostnames: [expose.host],
      rules: [
        {
          matches: expose.paths.map((value) => ({ path: { type: 'PathPrefix', value } })),
          backendRefs: [{ name: plan.name, port: ports[0]?.port }],
        },
      ],
    },
  };
}
