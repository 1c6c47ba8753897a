// A cluster in which the operator has something to do with every right that it has.
import { kubectlOrThrow } from '../../cluster/kubectl.ts';
import { createOpenKind } from '../../cluster/open-kind.ts';
import { operatorNamespace } from '../../cluster/operator-account.ts';
import type { OwnCluster } from '../../commands/cluster/own-cluster.ts';
import { metricsCrd, toDeployment } from '../../commands/cluster/manifests.ts';
import { createNode } from '../../status/cluster/cluster-objects.ts';

const optional: readonly [group: string, kind: string, version: string][] = [
  ['argoproj.io', 'Application', 'v1alpha1'],
  ['argoproj.io', 'Rollout', 'v1alpha1'],
  ['keda.sh', 'ScaledObject', 'v1alpha1'],
];

/** As metrics-server serves it, without anything in it. */
const podMetricsCrd = {
  ...metricsCrd,
  metadata: { ...metricsCrd.metadata, name: 'pods.metrics.k8s.io' },
  spec: {
    ...metricsCrd.spec,
    names: { plural: 'pods', singular: 'pod', kind: 'PodMetrics', listKind: 'PodMetricsList' },
    scope: 'Namespaced',
  },
};

/** Kinds of others, a node, a ClusterPersona, and a persona with its Deployment. */
export async function furnish({ client, plane }: OwnCluster): Promise<void> {
  const kubectl = (args: readonly string[], input?: object) =>
    kubectlOrThrow(plane.kubectl, args, input === undefined ? {} : { input: JSON.stringify(input) });
  for (const crd of [metricsCrd, podMetricsCrd, ...optional.map((kind) => createOpenKind(...kind))])
    await kubectl(['create', '-f', '-'], crd);
  await kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=30s']);
  await client.request({ method: 'POST', path: '/api/v1/nodes', body: createNode('node-1') });
  const persona = { apiVersion: 'dorgu.io/v1', kind: 'ClusterPersona', metadata: { name: 'here' } };
  await kubectl(['create', '-f', '-'], { ...persona, spec: { name: 'here' } });
  await kubectl(['create', 'namespace', 'shop']);
  await kubectl(['create', '-f', '-'], toDeployment('web', 'registry.example.com/web:1', 'shop'));
  await kubectl(['create', '-f', '-'], {
    apiVersion: 'dorgu.io/v1',
    kind: 'ApplicationPersona',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { name: 'web', type: 'api' },
  });
  await kubectl(['create', '-f', '-'], ownWebhook);
}

const place = { name: 'dorgu-webhook', namespace: operatorNamespace };

/** Calls for nothing that anybody here writes. */
const ownWebhook = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'dorgu-validating-webhook' },
  webhooks: [
    {
      name: 'validate.dorgu.io',
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      failurePolicy: 'Ignore',
      clientConfig: { service: place },
      rules: [{ apiGroups: ['dorgu.io'], apiVersions: ['v1'], operations: ['DELETE'], resources: ['none'] }],
    },
  ],
};

/** Takes away the CA and whatever says whom to trust, so that all of it has to be written again. */
export async function forgetCertificates(cluster: OwnCluster): Promise<void> {
  await cluster.kubectl([
    'delete',
    'secret,configmap',
    'dorgu-ca',
    ...Array.from({ length: 16 }, (_, at) => `dorgu-learned-${at}`),
    '-n',
    operatorNamespace,
    '--ignore-not-found',
  ]);
  await cluster.client.request({
    method: 'PATCH',
    path: `/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/${ownWebhook.metadata.name}`,
    contentType: 'application/strategic-merge-patch+json',
    body: { webhooks: [{ name: 'validate.dorgu.io', clientConfig: { caBundle: null } }] },
  });
}

/** Makes a node come and go, so that there is something to tell. */
export async function setNodeReady({ client }: OwnCluster, isReady: boolean): Promise<void> {
  await client.request({
    method: 'PATCH',
    path: '/api/v1/nodes/node-1/status',
    contentType: 'application/strategic-merge-patch+json',
    body: { status: { conditions: [{ type: 'Ready', status: isReady ? 'True' : 'Unknown' }] } },
  });
}

/** Takes away what the operator has written, so that it has to write again. */
export async function forgetStatuses({ client }: OwnCluster): Promise<void> {
  for (const path of ['clusterpersonas/here', 'namespaces/shop/applicationpersonas/web'])
    await client.request({
      method: 'PATCH',
      path: `/apis/dorgu.io/v1/${path}/status`,
      contentType: 'application/merge-patch+json',
      body: { status: null },
    });
}
