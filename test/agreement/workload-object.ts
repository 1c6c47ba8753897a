// Random workloads as the API server holds them, sound and unsound.
import fc from 'fast-check';
import type { ApiObject } from './world.ts';
import { some } from './some.ts';

const securityContext = some({
  runAsNonRoot: fc.boolean(),
  runAsUser: fc.constantFrom(0, 10001),
  allowPrivilegeEscalation: fc.boolean(),
  readOnlyRootFilesystem: fc.boolean(),
  privileged: fc.boolean(),
  capabilities: fc.constantFrom({ drop: ['ALL'] }, { add: ['SYS_ADMIN'] }),
});
const amounts = some({
  cpu: fc.constantFrom('50m', '100m', '0.5', '2'),
  memory: fc.constantFrom('64Mi', '256Mi', '2Gi'),
});
const probe = fc.constantFrom<unknown>(
  { httpGet: { path: '/healthz', port: 8080 } },
  { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 1, failureThreshold: 1 },
  { tcpSocket: { port: 8080 } },
  { exec: { command: ['true'] } },
);
const container = (name: string) =>
  fc.record(
    {
      name: fc.constant(name),
      image: fc.constantFrom('shop', 'ghcr.io/acme/shop:1.0.0', 'docker.io/shop:latest'),
      ports: fc.constantFrom<unknown>([{ containerPort: 8080, name: 'http' }], [{ containerPort: 53, protocol: 'UDP' }]),
      env: fc.constantFrom<unknown>([{ name: 'DB_PASSWORD', value: 'hunter2' }], [{ name: 'A', value: 'b' }]),
      resources: some({ requests: amounts, limits: amounts }),
      securityContext,
      livenessProbe: probe,
      readinessProbe: probe,
      startupProbe: probe,
    },
    { requiredKeys: ['name', 'image'] },
  ); // prettier-ignore

const template = fc
  .record({
    containers: fc.oneof(
      container('shop').map((one) => [one]),
      fc.tuple(container('shop'), container('proxy')).map((both) => [...both]),
      fc.tuple(container('proxy'), container('till')).map((both) => [...both]),
    ),
    initContainers: fc.option(
      container('init').map((one) => [one]),
      { nil: undefined, freq: 4 },
    ),
    securityContext: some({ runAsNonRoot: fc.boolean(), runAsUser: fc.constantFrom(0, 10001) }),
    hostNetwork: fc.constantFrom(undefined, undefined, true),
  })
  .map((spec) => JSON.parse(JSON.stringify(spec)) as object);

const strategy = some({
  type: fc.constantFrom('RollingUpdate', 'Recreate'),
  rollingUpdate: some({ maxSurge: fc.constantFrom<unknown>('25%', 3), maxUnavailable: fc.constantFrom<unknown>('50%', 0, 'abc') }),
}); // prettier-ignore

const apiVersions: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  CronJob: 'batch/v1',
};
const anyKind = fc.constantFrom(...Object.keys(apiVersions));

interface Parts {
  kind: string;
  name: string;
  namespace: string;
  labels: object;
  podLabels: object;
  annotations: object;
  template: object;
  replicas: number;
  strategy: object;
  isMade: boolean;
}

/** A workload with one of these names in one of these namespaces. */
export function workloadObject(at: {
  name: fc.Arbitrary<string>;
  namespace: fc.Arbitrary<string>;
  kind?: fc.Arbitrary<string>;
}): fc.Arbitrary<ApiObject> {
  const labels = some({ app: at.name, 'app.kubernetes.io/name': at.name, team: fc.constant('red') });
  return fc
    .record({
      ...{ kind: anyKind, labels, podLabels: labels, template, strategy },
      ...at,
      annotations: some({
        'dorgu.io/replicas': fc.constant('hpa'),
        'kubectl.kubernetes.io/default-container': fc.constant('proxy'),
        'kubectl.kubernetes.io/last-applied-configuration': fc.constant('{"spec":{"replicas":2}}'),
      }),
      replicas: fc.nat(6),
      isMade: fc.constantFrom(false, false, false, false, false, true),
    })
    .map(toObject);
}

function toObject(parts: Parts): ApiObject {
  const { name, namespace, labels, podLabels, annotations, replicas } = parts;
  const own = Object.keys(podLabels).length === 0 ? { run: name } : podLabels;
  const pod = { metadata: { labels: { ...own, tier: 'front' } }, spec: parts.template };
  const spec = { selector: { matchLabels: own }, template: pod };
  const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'x', uid: '1', controller: true };
  const specs: Readonly<Record<string, object>> = {
    Deployment: { ...spec, replicas, strategy: parts.strategy },
    StatefulSet: { ...spec, replicas, updateStrategy: parts.strategy },
    DaemonSet: { ...spec, updateStrategy: parts.strategy },
    CronJob: { schedule: '0 * * * *', jobTemplate: { spec: { template: pod } } },
  };
  return {
    apiVersion: apiVersions[parts.kind] ?? '',
    kind: parts.kind,
    metadata: {
      ...{ name, namespace, uid: `${parts.kind}/${namespace}/${name}`, generation: 1, labels, annotations },
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...(parts.isMade ? { ownerReferences: [owner] } : {}),
    },
    spec: specs[parts.kind],
  };
}
