// The Namespace that everything is put into.
import type { KubernetesObject } from './generated-file.ts';
import { applicationLabels } from './labels.ts';

/** Namespaces that every cluster has, and that nobody's application owns. */
const builtIn = /^(default|kube-.*)$/;

/** Builds the Namespace; undefined for those that every cluster has. It is not pruned, because Secrets made by hand live in it. */
export function buildNamespace(namespace: string, applicationName: string): KubernetesObject | undefined {
  if (builtIn.test(namespace)) return undefined;
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: applicationLabels(applicationName),
      annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' },
    },
  };
}
