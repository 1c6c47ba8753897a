// The NetworkPolicy of a component: in from those that call it, out to what it may need.
import type { ComponentPlan, PeerPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { instanceLabel } from './labels.ts';
import { objectMetadata } from './object-metadata.ts';

/** Everywhere but the addresses at which clouds hand out credentials. Pods are named apart: some networks do not count them as addresses. */
const anywhere = [
  { namespaceSelector: {} },
  { ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } },
  { ipBlock: { cidr: '::/0', except: ['fd00:ec2::254/128'] } },
];

const dnsRule = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};

/** Builds the policy. */
export function buildNetworkPolicy(plan: ComponentPlan): KubernetesObject {
  const ingress = buildIngressRules(plan);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: objectMetadata(plan),
    spec: {
      podSelector: { matchLabels: instanceLabel(plan.name) },
      policyTypes: ['Ingress', 'Egress'],
      // An empty list says the same as none, but the API server drops it, and each apply would put it back.
      ...(ingress.length === 0 ? {} : { ingress }),
      egress:
        plan.options.networkPolicy === 'strict'
          ? [dnsRule, ...plan.peers.filter(({ ports }) => ports.length > 0).map(toEgressRule)]
          : [dnsRule, { to: anywhere }],
    },
  };
}

/** From callers and the ingress controller; from the whole namespace where nobody is known to call. */
function buildIngressRules(plan: ComponentPlan): object[] {
  if (plan.ports.length === 0) return [];
  const { metrics } = plan.component;
  const sources: object[] = plan.callers.map((name) => ({
    podSelector: { matchLabels: instanceLabel(name) },
  }));
  if (plan.expose) sources.push(controllerPeer(plan));
  if (sources.length === 0) sources.push({ podSelector: {} });
  const rules: object[] = [
    { from: sources, ports: plan.ports.map(({ name, protocol }) => ({ protocol, port: name })) },
  ];
  const metricsPort = metrics && (metrics.value.port ?? plan.ports[0]?.port);
  const named = plan.ports.find(({ port, protocol }) => port === metricsPort && protocol === 'TCP');
  if (named)
    rules.push({ from: [{ namespaceSelector: {} }], ports: [{ protocol: 'TCP', port: named.name }] });
  return rules;
}

function controllerPeer({ options: { expose } }: ComponentPlan): object {
  const namespace =
    expose.kind === 'ingress'
      ? expose.controllerNamespace
      : expose.kind === 'gateway'
        ? expose.gatewayNamespace
        : undefined;
  if (namespace === undefined) return { namespaceSelector: {} };
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
}

/** A sibling is its pods; anything else may be in the cluster or outside of it. */
function toEgressRule({ sibling, ports }: PeerPlan): object {
  const to = sibling === undefined ? anywhere : [{ podSelector: { matchLabels: instanceLabel(sibling) } }];
  return { to, ports: ports.map((port) => ({ protocol: 'TCP', port })) };
}
