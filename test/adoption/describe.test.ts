// What an imported persona says of a workload, field by field.
import { expect } from 'chai';
import { adoptNamespace, type Adoption } from '../../src/adoption/adopt.ts';
import { toSnapshot } from './arbitrary-namespace.ts';

type Fields = Record<string, unknown>;

interface Given {
  kind?: string;
  labels?: Fields;
  annotations?: Fields;
  spec?: Fields;
  pod?: Fields;
  container?: Fields;
  around?: readonly object[];
}

function adopt({
  kind = 'Deployment',
  spec = {},
  pod = {},
  container = {},
  around = [],
  ...metadata
}: Given): Adoption {
  const template = {
    metadata: { labels: { app: 'shop' } },
    spec: {
      ...pod,
      containers: [{ name: 'shop', image: 'shop:1', ...container }],
    },
  };
  const workload = {
    apiVersion: kind === 'CronJob' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name: 'shop', namespace: 'store', ...metadata },
    spec: kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { ...spec, template },
  };
  const [adoption] = adoptNamespace(toSnapshot({ workloads: [workload], around })).adoptions;
  if (adoption === undefined) throw new Error('nothing was adopted');
  return adoption;
}

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'front' },
  spec: { selector: { app: 'shop' } },
};
const autoscaler = (spec: Fields) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'shop' },
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' }, ...spec },
});
const ingress = (spec: Fields) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'front' },
  spec,
});
const route = (host: string, path: string) => ({
  host,
  http: { paths: [{ path, backend: { service: { name: 'front', port: { number: 80 } } } }] },
});
const asItRunsByDefault = {
  runAsNonRoot: false,
  readOnlyRootFilesystem: false,
  allowPrivilegeEscalation: true,
};

describe('an imported persona', () => {
  const fields: Record<string, [given: Given, path: string, expected: unknown]> = {
    'is a worker where no Service leads to it': [{}, 'type', 'worker'],
    'is an api behind a Service': [{ around: [service] }, 'type', 'api'],
    'is web where the component label says frontend': [
      { around: [service], labels: { 'app.kubernetes.io/component': 'frontend' } },
      'type',
      'web',
    ],
    'is cron for a CronJob': [{ kind: 'CronJob', around: [service] }, 'type', 'cron'],
    'is daemon for a DaemonSet': [{ kind: 'DaemonSet' }, 'type', 'daemon'],
    'has the tier of a label': [{ labels: { tier: 'critical' } }, 'tier', 'critical'],
    'leaves out a tier that is another word': [{ labels: { tier: 'backend' } }, 'tier', undefined],
    'has requests and limits as written': [
      { container: { resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '1Gi' } } } },
      'resources',
      { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '1Gi' } },
    ],
    'takes one replica for granted': [{}, 'scaling', { minReplicas: 1, maxReplicas: 1 }],
    'has as many replicas as are set': [
      { spec: { replicas: 3 } },
      'scaling',
      { minReplicas: 3, maxReplicas: 3 },
    ],
    'says nothing of replicas when scaled to zero': [{ spec: { replicas: 0 } }, 'scaling', undefined],
    "has an autoscaler's bounds and targets": [
      {
        around: [
          autoscaler({
            maxReplicas: 9,
            metrics: [
              {
                type: 'Resource',
                resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
              },
            ],
          }),
        ],
      },
      'scaling',
      { minReplicas: 1, maxReplicas: 9, targetCPU: 70 },
    ],
    'has no replicas as a DaemonSet': [{ kind: 'DaemonSet' }, 'scaling', undefined],
    'has paths and port of its probes, names looked up': [
      {
        container: {
          ports: [{ name: 'web', containerPort: 8080 }],
          livenessProbe: { httpGet: { path: '/alive', port: 'web' }, initialDelaySeconds: 5 },
          readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
        },
      },
      'health',
      { livenessPath: '/alive', readinessPath: '/ready', port: 8080, startupGracePeriod: '35s' },
    ],
    'has the patience of its startup probe': [
      { container: { startupProbe: { tcpSocket: { port: 1 }, periodSeconds: 10, failureThreshold: 30 } } },
      'health',
      { startupGracePeriod: '5m0s' },
    ],
    'leaves out liveness that asks another port': [
      {
        container: {
          livenessProbe: { httpGet: { path: '/alive', port: 9090 } },
          readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
        },
      },
      'health',
      { readinessPath: '/ready', port: 8080, startupGracePeriod: '30s' },
    ],
    'has the ports that containers declare': [
      {
        container: {
          ports: [
            { name: 'grpc', containerPort: 9000 },
            { containerPort: 53, protocol: 'UDP' },
          ],
        },
      },
      'networking.ports',
      [
        { port: 9000, protocol: 'TCP', purpose: 'grpc' },
        { port: 53, protocol: 'UDP' },
      ],
    ],
    'has host, paths and TLS of an Ingress': [
      {
        around: [
          service,
          ingress({
            tls: [{ hosts: ['shop.example.com'] }],
            rules: [route('shop.example.com', '/'), route('shop.example.com', '/api')],
          }),
        ],
      },
      'networking.ingress',
      { enabled: true, host: 'shop.example.com', paths: ['/', '/api'], tlsEnabled: true },
    ],
    'says that TLS is off where a host has none': [
      {
        around: [
          service,
          ingress({ tls: [{ hosts: ['other.example.com'] }], rules: [route('a.example.com', '')] }),
        ],
      },
      'networking.ingress',
      { enabled: true, host: 'a.example.com', tlsEnabled: false },
    ],
    'is owned by whom labels and annotations name': [
      {
        labels: { team: 'payments', 'app.kubernetes.io/managed-by': 'Helm' },
        annotations: { 'a8r.io/owner': '@ann', 'a8r.io/runbook': 'https://example.com/runbook' },
      },
      'ownership',
      { team: 'payments', owner: '@ann', runbook: 'https://example.com/runbook' },
    ],
    'is owned by nobody where no label says so': [
      { labels: { 'app.kubernetes.io/managed-by': 'Helm' } },
      'ownership',
      undefined,
    ],
    'promises no more security than there is': [{}, 'policies.security', asItRunsByDefault],
    'promises the security that all containers have': [
      {
        pod: { securityContext: { runAsNonRoot: true } },
        container: { securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false } },
      },
      'policies.security',
      { runAsNonRoot: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
    ],
    'takes a privileged container for what it is': [
      { container: { securityContext: { allowPrivilegeEscalation: false, privileged: true } } },
      'policies.security.allowPrivilegeEscalation',
      true,
    ],
    'counts an init container that runs as root': [
      {
        pod: {
          securityContext: { runAsNonRoot: true },
          initContainers: [{ name: 'init', image: 'init:1', securityContext: { runAsNonRoot: false } }],
        },
      },
      'policies.security.runAsNonRoot',
      false,
    ],
    'rolls out as it is set': [
      { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } } },
      'policies.deployment',
      { strategy: 'RollingUpdate', maxSurge: 1, maxUnavailable: 0 },
    ],
    'is recreated where that is set': [
      { spec: { strategy: { type: 'Recreate' } } },
      'policies.deployment',
      { strategy: 'Recreate' },
    ],
    'never names what nobody can know': [{ around: [service] }, 'dependencies', undefined],
  };
  for (const [title, [given, path, expected]] of Object.entries(fields)) {
    it(title, () => {
      let found: unknown = adopt(given).persona.spec;
      for (const step of path.split('.')) found = (found as Fields | undefined)?.[step];
      expect(found).to.deep.equal(expected);
    });
  }

  const notes: Record<string, [given: Given, note: string]> = {
    'says that requests are missing': [{}, 'resources: the container asks for nothing'],
    'says that a probe is of another kind': [
      { container: { readinessProbe: { exec: { command: ['true'] } } } },
      'health.readinessPath: the probe is no HTTP request but exec',
    ],
    'says that it is scaled to zero': [
      { spec: { replicas: 0 } },
      'scaling: it is scaled to zero, and how many it has otherwise is not known',
    ],
    'says that a second host was left out': [
      { around: [service, ingress({ rules: [route('a.example.com', '/'), route('b.example.com', '/')] })] },
      'networking.ingress: 1 more host(s), a persona names one',
    ],
    'says that nothing declares the port behind a Service': [
      { around: [service] },
      'networking.ports: Service front leads to it, but no container declares a port',
    ],
  };
  for (const [title, [given, note]] of Object.entries(notes)) {
    it(title, () => expect(adopt(given).notes).to.include(note));
  }

  it('leaves out foreign text that no persona may hold, and says so', () => {
    const { persona, notes: found } = adopt({
      annotations: {
        'dorgu.io/owner': 'ann\u001b[31m\n',
        'a8r.io/repository': 'x'.repeat(3000),
        team: 'payments',
      },
    });
    expect(persona.spec.ownership).to.deep.equal({ team: 'payments' });
    expect(found.filter((note) => note.startsWith('ownership.'))).to.have.length(2);
    expect(found.join('')).not.to.include('\u001b');
  });

  it('names what it was made from', () =>
    expect(adopt({}).persona.metadata).to.deep.equal({
      name: 'shop',
      namespace: 'store',
      labels: { 'app.kubernetes.io/name': 'shop' },
      annotations: { 'dorgu.io/imported-from': 'Deployment/shop' },
    }));
});
