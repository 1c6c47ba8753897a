// One object of each kind that items are made of, as an API server has it.

const managedFields = [{ manager: 'kubectl', operation: 'Update', fieldsV1: { 'f:spec': {} } }];

export const persona = {
  apiVersion: 'dorgu.io/v1',
  kind: 'ApplicationPersona',
  metadata: {
    name: 'cart',
    namespace: 'shop',
    uid: 'u1',
    resourceVersion: '41',
    creationTimestamp: '2026-11-22T08:00:00Z',
    labels: { team: 'blue' },
    managedFields,
  },
  spec: { name: 'cart-app', type: 'api', tier: 'critical', ownership: { team: 'payments' } },
  status: {
    phase: 'Degraded',
    lastUpdated: '2026-11-23T09:00:00Z',
    health: { status: 'Degraded', replicas: { desired: 3, ready: 2, updated: 3 } },
    validation: {
      passed: false,
      lastChecked: '2026-11-23T08:59:00Z',
      issues: [
        {
          severity: 'error',
          rule: 'security/run-as-non-root',
          field: 'spec',
          message: 'is unset',
          suggestion: 'set it',
        },
        { severity: 'warning', rule: 'resources/request-missing', message: 'no request' },
      ],
    },
    argoCD: { syncStatus: 'Synced', healthStatus: 'Progressing' },
    conditions: [
      { type: 'Validated', status: 'False', reason: 'Failed', message: '1 error' },
      { type: 'Ready', status: 'False', reason: 'Progressing', message: 'rollout: 2 of 3 updated' },
    ],
  },
};

export const cluster = {
  apiVersion: 'dorgu.io/v1',
  kind: 'ClusterPersona',
  metadata: {
    name: 'prod',
    uid: 'u2',
    resourceVersion: '7',
    creationTimestamp: '2026-11-22T08:00:00Z',
    managedFields,
  },
  spec: { name: 'prod', environment: 'production' },
  status: {
    phase: 'Ready',
    lastDiscovery: '2026-11-23T09:00:00Z',
    nodeCount: 12,
    applicationCount: 41,
    kubernetesVersion: 'v1.35.4',
    platform: 'EKS',
    addons: [
      { name: 'Argo CD', type: 'gitops', installed: true, version: '3.1.2', healthy: true },
      { name: 'Grafana', type: 'monitoring', installed: true, healthy: false },
      { name: 'Flux', installed: false },
      { name: 'Istio', type: 'service-mesh', installed: true },
    ],
  },
};

export const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'cart',
    namespace: 'shop',
    uid: 'u3',
    resourceVersion: '99',
    generation: 5,
    creationTimestamp: '2026-11-22T08:00:00Z',
    labels: { app: 'old-name' },
    managedFields,
  },
  spec: {
    replicas: 3,
    template: {
      metadata: { labels: { 'app.kubernetes.io/name': 'cart-app' } },
      spec: { containers: [{ image: 'reg.example.com/cart:1' }, { image: 'reg.example.com/proxy:2' }] },
    },
  },
  status: { updatedReplicas: 3, readyReplicas: 2, availableReplicas: 1, observedGeneration: 4 },
};

export const event = {
  apiVersion: 'v1',
  kind: 'Event',
  metadata: {
    name: 'cart.17a',
    namespace: 'shop',
    resourceVersion: '50',
    creationTimestamp: '2026-11-23T08:00:00Z',
  },
  involvedObject: { apiVersion: 'dorgu.io/v1', kind: 'ApplicationPersona', name: 'cart', namespace: 'shop' },
  type: 'Warning',
  reason: 'ValidationFailed',
  message: '1 error',
  count: 3,
  firstTimestamp: '2026-11-23T08:00:00Z',
  lastTimestamp: '2026-11-23T09:00:00Z',
};
