// What the tests of cluster commands put into a cluster.
import { createDeployment } from '../../status/cluster/cluster-objects.ts';

/** metrics.k8s.io as metrics-server serves it, played by a CRD. */
export const metricsCrd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {
    name: 'nodes.metrics.k8s.io',
    annotations: { 'api-approved.kubernetes.io': 'unapproved, for a test' },
  },
  spec: {
    group: 'metrics.k8s.io',
    names: { plural: 'nodes', singular: 'node', kind: 'NodeMetrics', listKind: 'NodeMetricsList' },
    scope: 'Cluster',
    versions: [
      {
        name: 'v1beta1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};

/** As a Deployment that an API server takes. */
export function toDeployment(name: string, image: string, namespace: string): object {
  const { spec } = createDeployment(name, image) as { spec: { template: object } };
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { ...spec.template, metadata: { labels } },
    },
  };
}

/** What metrics-server says of a node. */
export function createNodeMetrics(name: string): object {
  return {
    apiVersion: 'metrics.k8s.io/v1beta1',
    kind: 'NodeMetrics',
    metadata: { name },
    usage: { cpu: '2940m', memory: '20Gi' },
  };
}
