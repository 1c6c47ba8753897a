// Kinds of others that components make objects of: anything goes into them here.
import { createOpenKind } from '../cluster/open-kind.ts';

const kinds: readonly [kind: string, group: string][] = [
  ['Issuer', 'cert-manager.io'],
  ['Certificate', 'cert-manager.io'],
  ['ServiceMonitor', 'monitoring.coreos.com'],
  ['PrometheusRule', 'monitoring.coreos.com'],
];

/** Their CustomResourceDefinitions, as kubectl takes them. */
export function formatForeignKinds(): string {
  const items = kinds.map(([kind, group]) => createOpenKind(group, kind, 'v1'));
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}
