// A status of each kind with every field in it, as the operator would write it.

const condition = {
  type: 'Ready',
  status: 'True',
  reason: 'Available',
  message: '3 of 3 replicas are available',
  lastTransitionTime: '2026-11-23T09:30:00Z',
  observedGeneration: 1,
};

/** Of an ApplicationPersona. */
export const fullApplicationStatus = {
  observedGeneration: 1,
  phase: 'Degraded',
  lastUpdated: '2026-11-23T09:30:00Z',
  deployments: {
    current: 'ghcr.io/acme/shop:1.8.2',
    lastSuccessful: 'ghcr.io/acme/shop:1.8.2',
    lastFailed: 'ghcr.io/acme/shop:1.8.1',
    history: [
      { version: '1.8.2', timestamp: '2026-11-23T09:30:00Z', status: 'Complete', triggeredBy: 'argocd' },
    ],
  },
  health: {
    status: 'Healthy',
    lastCheck: '2026-11-23T09:30:00Z',
    message: '3 of 3 pods are ready',
    replicas: { desired: 3, ready: 3, updated: 3 },
    workloads: [
      {
        kind: 'Deployment',
        name: 'shop',
        status: 'Healthy',
        reason: 'Available',
        message: '3 of 3 pods are ready',
        replicas: { desired: 3, ready: 3, updated: 3 },
        lastCheck: '2026-11-23T09:30:00Z',
      },
    ],
    podFailures: [
      { pod: 'shop-1', container: 'shop', reason: 'OOMKilled', message: 'exit code 137', count: 1 },
    ],
  },
  validation: {
    passed: false,
    lastChecked: '2026-11-23T09:30:00Z',
    summary: '1 error, 2 warnings',
    issues: [
      {
        severity: 'error',
        rule: 'security/run-as-non-root',
        field: 'spec.template.spec.containers[0].securityContext',
        message: 'runAsNonRoot is unset, true expected',
        suggestion: 'set it',
      },
    ],
    omitted: 2,
  },
  learned: {
    resourceBaseline: { avgCPU: '120m', avgMemory: '210Mi', peakCPU: '480m', peakMemory: '390Mi' },
    incidentCount: 1,
    lastIncident: 'OOMKilled',
    patterns: [{ type: 'daily-peak', description: 'busy at noon', confidence: '0.92' }],
  },
  recommendations: [
    { id: 'cpu-request', type: 'resource', priority: 'high', message: 'p99 is 260m', action: 'set 300m' },
  ],
  argoCD: {
    syncStatus: 'Synced',
    healthStatus: 'Healthy',
    lastSyncTime: '2026-11-23T09:30:00Z',
    revision: '4f2c91e',
    applicationName: 'shop',
    applicationNamespace: 'argocd',
  },
  conditions: [condition],
};

/** Of a ClusterPersona. */
export const fullClusterStatus = {
  observedGeneration: 1,
  phase: 'Ready',
  lastDiscovery: '2026-11-23T09:30:00Z',
  nodes: [
    {
      name: 'node-1',
      role: 'worker',
      ready: true,
      capacity: { cpu: '4', memory: '16Gi', pods: '110', ephemeralStorage: '100Gi' },
      allocatable: { cpu: '3900m', memory: '15Gi', pods: '110', ephemeralStorage: '90Gi' },
      taints: ['dedicated=gpu:NoSchedule'],
      labels: { 'topology.kubernetes.io/zone': 'eu-west-1a' },
      kubeletVersion: 'v1.35.4',
      containerRuntime: 'containerd://2.1.0',
    },
  ],
  nodeCount: 12,
  readyNodes: 12,
  resourceSummary: {
    totalCPU: '48',
    totalMemory: '192Gi',
    allocatableCPU: '46500m',
    allocatableMemory: '184Gi',
    usedCPU: '18200m',
    usedMemory: '97Gi',
    cpuUtilization: '39%',
    memoryUtilization: '53%',
    totalPods: 1320,
    runningPods: 412,
  },
  addons: [
    {
      name: 'Argo CD',
      type: 'gitops',
      installed: true,
      version: '3.1.2',
      namespace: 'argocd',
      healthy: true,
    },
  ],
  namespaces: { total: 19, active: 19, withPersonas: 12 },
  kubernetesVersion: 'v1.35.4',
  platform: 'EKS',
  applicationCount: 41,
  conditions: [condition],
};
