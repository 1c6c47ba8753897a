// Kinds of others that components make objects of: anything goes into them here.

const kinds: readonly [kind: string, plural: string, group: string, version: string][] = [
  ['Issuer', 'issuers', 'cert-manager.io', 'v1'],
  ['Certificate', 'certificates', 'cert-manager.io', 'v1'],
  ['ServiceMonitor', 'servicemonitors', 'monitoring.coreos.com', 'v1'],
  ['PrometheusRule', 'prometheusrules', 'monitoring.coreos.com', 'v1'],
];

/** Their CustomResourceDefinitions, as kubectl takes them. */
export function formatForeignKinds(): string {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  const items = kinds.map(([kind, plural, group, version]) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { kind, plural, singular: kind.toLowerCase() },
      scope: 'Namespaced',
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  }));
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}
