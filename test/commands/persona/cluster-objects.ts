// Objects for the cluster tests of `persona status` and `persona diff`, as JSON for kubectl.

type Fields = Record<string, unknown>;

/** A List for `kubectl apply -f -`. */
export const listOfObjects = (...items: readonly Fields[]) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

/** An ApplicationPersona. */
export const persona = (name: string, spec: Fields = {}): Fields => ({
  apiVersion: 'dorgu.io/v1',
  kind: 'ApplicationPersona',
  metadata: { name },
  spec: { name, type: 'worker', tier: 'best-effort', ...spec },
});

/** A pod spec that no rule has anything against. */
export const goodPodSpec = (container: Fields = {}): Fields => ({
  securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    {
      name: 'main',
      image: 'registry.invalid/acme/shop:1.8.2',
      resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '16Mi' } },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
      ...container,
    },
  ],
});

const template = (name: string, spec: Fields): Fields => ({ metadata: { labels: { app: name } }, spec });

/** A Deployment or StatefulSet. */
export const workload = (
  kind: 'Deployment' | 'StatefulSet',
  name: string,
  {
    podSpec = goodPodSpec(),
    replicas = 1,
    labels = { app: name },
  }: { podSpec?: Fields; replicas?: number; labels?: Fields } = {},
): Fields => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name, labels },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    ...(kind === 'StatefulSet' ? { serviceName: name } : {}),
    template: template(name, podSpec),
  },
});

/** A CronJob. */
export const cronJob = (name: string, schedule: string): Fields => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name, labels: { app: name } },
  spec: {
    schedule,
    jobTemplate: { spec: { template: template(name, { ...goodPodSpec(), restartPolicy: 'Never' }) } },
  },
});

/** Pods that no scheduler takes, so that no kubelet, not even a made-up one, touches their status. */
export const untouched = (podSpec: Fields): Fields => ({ ...podSpec, schedulerName: 'nobody' });
