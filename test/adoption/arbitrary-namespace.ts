// Namespaces as an API server could hold them: valid workloads of all kinds with shared names and labels, and what stands around them.
import fc from 'fast-check';
import { readIngress } from '../../src/adoption/ingress.ts';
import type { NamespaceSnapshot } from '../../src/adoption/namespace-snapshot.ts';
import { readSurroundings } from '../../src/workload/read-surroundings.ts';
import { readWorkload } from '../../src/workload/read-workload.ts';
import type { Workload } from '../../src/workload/workload.ts';

const name = fc.constantFrom(
  'shop',
  'shop-worker',
  'db',
  'web',
  'a',
  'very-long-name-of-a-thing.with.dots',
  'Shop',
);
const objectName = name.map((text) => text.toLowerCase());
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const optional = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(shape, { requiredKeys: [] });

const labels = optional({
  'app.kubernetes.io/name': name,
  app: name,
  'app.kubernetes.io/component': fc.constantFrom('frontend', 'db'),
  team: fc.constantFrom('payments', 'ops'),
  tier: fc.constantFrom('critical', 'backend', 'best-effort'),
});
const annotations = optional({
  'a8r.io/runbook': fc.oneof(fc.webUrl(), fc.string()),
  'dorgu.io/owner': fc.string({ unit: 'binary' }),
  'dorgu.io/replicas': fc.constant('hpa'),
  'kubectl.kubernetes.io/default-container': fc.constantFrom('main', 'side'),
});

const cpu = fc.constantFrom('100m', '0.1', '1', '2500m', '100u');
const memory = fc.constantFrom('64Mi', '128Mi', '1Gi', '64M', '134217728');
const amounts = optional({ cpu, memory });
const resources = fc.oneof(
  optional({ requests: amounts, limits: fc.constant({ cpu: '4', memory: '4Gi' }) }),
  optional({ requests: amounts }),
);

const port = fc.constantFrom(80, 8080, 8443, 9090);
const probeHandler = fc.oneof(
  fc.record({
    httpGet: fc.record(
      {
        path: fc.oneof(fc.constantFrom('/', '/healthz', '/ready?full=1', ''), fc.webPath()),
        port: fc.oneof(port, fc.constantFrom('http', 'https', 'metrics', 'nobody')),
        scheme: fc.constantFrom('HTTP', 'HTTPS'),
      },
      { requiredKeys: ['port'] },
    ),
  }),
  fc.record({ tcpSocket: fc.record({ port }) }),
  fc.record({ exec: fc.record({ command: fc.constant(['true']) }) }),
  fc.record({ grpc: fc.record({ port }) }),
);
const probe = fc
  .tuple(
    probeHandler,
    optional({
      initialDelaySeconds: fc.nat(100_000),
      periodSeconds: fc.integer({ min: 1, max: 600 }),
      failureThreshold: fc.integer({ min: 1, max: 300 }),
    }),
  )
  .map(([handler, numbers]) => ({ ...handler, ...numbers }));

const securityContext = optional({
  runAsNonRoot: fc.boolean(),
  runAsUser: fc.constantFrom(0, 1000, 65_532),
  readOnlyRootFilesystem: fc.boolean(),
  allowPrivilegeEscalation: fc.boolean(),
  privileged: fc.boolean(),
  capabilities: optional({
    add: fc.subarray(['NET_ADMIN', 'SYS_ADMIN', 'CAP_SYS_ADMIN']),
    drop: fc.constant(['ALL']),
  }),
});
const ports = fc.uniqueArray(
  fc.record(
    {
      name: fc.constantFrom('http', 'https', 'metrics'),
      containerPort: port,
      protocol: fc.constantFrom('TCP', 'UDP'),
    },
    { requiredKeys: ['containerPort'] },
  ),
  { maxLength: 3, selector: ({ containerPort, protocol }) => `${containerPort}/${protocol ?? 'TCP'}` },
);
const env = fc.array(
  fc.record({
    name: fc.constantFrom('DB_PASSWORD', 'MODE', 'PORT'),
    value: fc.constantFrom('example-only', '8080', ''),
  }),
  { maxLength: 2 },
);
const container = (of: string) =>
  fc
    .record(
      {
        image: fc.constantFrom('ghcr.io/acme/shop:1.4.2', 'redis', 'shop@sha256:abc'),
        ports,
        resources,
        securityContext,
        livenessProbe: probe,
        readinessProbe: probe,
        startupProbe: probe,
        env,
      },
      { requiredKeys: ['image'] },
    )
    .map((fields) => ({ name: of, ...fields }));
const podSpec = fc.record(
  {
    containers: fc
      .tuple(container('main'), maybe(container('side')))
      .map((both) => both.filter((one) => one !== undefined)),
    initContainers: fc.array(
      fc
        .tuple(container('init'), maybe(fc.constant('Always')))
        .map(([one, restartPolicy]) => (restartPolicy === undefined ? one : { ...one, restartPolicy })),
      { maxLength: 1 },
    ),
    securityContext: optional({ runAsNonRoot: fc.boolean(), runAsUser: fc.constantFrom(0, 1000) }),
    nodeSelector: fc.constantFrom({}, { 'kubernetes.io/os': 'windows' }),
  },
  { requiredKeys: ['containers'] },
);

const share = fc.constantFrom(0, 1, 3, '25%', '100%', '0%');
const strategy = fc.oneof(
  fc.constant({ type: 'Recreate' }),
  fc
    .record({ maxSurge: share, maxUnavailable: share })
    .filter(({ maxSurge, maxUnavailable }) => parseInt(`${maxSurge}`) + parseInt(`${maxUnavailable}`) > 0)
    .map((rollingUpdate) => ({ type: 'RollingUpdate', rollingUpdate })),
);

const workload = fc
  .record({
    kind: fc.constantFrom('Deployment', 'Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job'),
    name: objectName,
    labels: maybe(labels),
    podLabels: labels,
    annotations: maybe(annotations),
    spec: podSpec,
    replicas: maybe(fc.constantFrom(0, 1, 2, 7)),
    strategy: maybe(strategy),
    isOwned: fc.boolean(),
  })
  .map(({ kind, name: called, podLabels, spec, replicas, strategy: how, isOwned, ...metadata }) => {
    const matchLabels = { ...podLabels, pod: called };
    const template = { metadata: { labels: matchLabels }, spec };
    const owner = { apiVersion: 'batch/v1', kind: 'CronJob', name: 'parent', uid: '1', controller: true };
    const specs: Record<string, object> = {
      CronJob: { schedule: '* * * * *', jobTemplate: { spec: { template } } },
      Job: { template },
      DaemonSet: { selector: { matchLabels }, template },
      StatefulSet: { selector: { matchLabels }, template, ...(replicas === undefined ? {} : { replicas }) },
      Deployment: {
        selector: { matchLabels },
        template,
        ...(replicas === undefined ? {} : { replicas }),
        ...(how === undefined ? {} : { strategy: how }),
      },
    };
    return {
      apiVersion: kind === 'CronJob' || kind === 'Job' ? 'batch/v1' : 'apps/v1',
      kind,
      metadata: {
        name: called,
        namespace: 'store',
        ...(metadata.labels && { labels: metadata.labels }),
        ...(metadata.annotations && { annotations: metadata.annotations }),
        ...(kind === 'Job' && isOwned ? { ownerReferences: [owner] } : {}),
      },
      spec: specs[kind],
    };
  });

const autoscaler = fc
  .record({
    kind: fc.constantFrom('Deployment', 'StatefulSet'),
    target: objectName,
    name: fc.constantFrom('one', 'two'),
    minReplicas: maybe(fc.constantFrom(1, 2)),
    maxReplicas: fc.constantFrom(2, 10),
    averageUtilization: fc.constantFrom(60, 100, 150),
  })
  .map(({ kind, target, name: called, averageUtilization, ...bounds }) => ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: called, namespace: 'store' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind, name: target },
      maxReplicas: bounds.maxReplicas,
      ...(bounds.minReplicas === undefined ? {} : { minReplicas: bounds.minReplicas }),
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } },
      ],
    },
  }));
const service = fc
  .record({ pod: objectName, targetPort: fc.oneof(port, fc.constantFrom('http')) })
  .map(({ pod, targetPort }) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `to-${pod}`, namespace: 'store' },
    spec: { selector: { pod }, ports: [{ port: 80, targetPort }] },
  }));
const ingress = fc
  .record({
    service: objectName,
    host: fc.constantFrom('shop.example.com', '', '*.example.com'),
    path: fc.constantFrom('/', '/api', ''),
    hasTls: fc.boolean(),
  })
  .map(({ service: backend, host, path, hasTls }) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'front', namespace: 'store' },
    spec: {
      ...(hasTls ? { tls: [{ hosts: [host] }] } : {}),
      rules: [{ host, http: { paths: [{ path, backend: { service: { name: `to-${backend}` } } }] } }],
    },
  }));

/** JSON of a namespace, names unique by kind. */
export const namespaceObjects = fc.record({
  workloads: fc.uniqueArray(workload, {
    minLength: 1,
    maxLength: 6,
    selector: ({ kind, metadata }) => `${kind}/${metadata.name}`,
  }),
  around: fc.array(fc.oneof(autoscaler, service, ingress), { maxLength: 5 }),
});

/** What is read of it. */
export const namespaceSnapshot = namespaceObjects.map(toSnapshot);

/** Objects as a snapshot of the namespace store. */
export function toSnapshot({
  workloads,
  around,
}: {
  workloads: readonly unknown[];
  around: readonly unknown[];
}): NamespaceSnapshot {
  const read = workloads.map(readWorkload).filter((one): one is Workload => one !== undefined);
  return {
    name: 'store',
    workloads: read,
    surroundings: { ...readSurroundings(around), workloads: read },
    ingresses: around.map(readIngress).filter((one) => one !== undefined),
    unread: new Set(),
  };
}
