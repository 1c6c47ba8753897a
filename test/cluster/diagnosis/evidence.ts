// Made-up evidence for the tests of diagnoses: objects as an API server holds them.
import { diagnose, type Evidence } from '../../../src/cluster/diagnosis/diagnose.ts';
import { readWorkload } from '../../../src/workload/read-workload.ts';

type Fields = Record<string, unknown>;

/** A workload with a pod template of one container. */
export function createWorkload(
  kind = 'Deployment',
  { podSpec = {}, status = {}, spec = {} }: Record<string, Fields> = {},
) {
  const template = {
    metadata: { labels: { app: 'shop' } },
    spec: { containers: [{ name: 'shop', image: 'ghcr.io/acme/shop:1' }], ...podSpec },
  };
  const workload = readWorkload({
    apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name: 'shop', namespace: 'store', uid: 'uid-workload' },
    spec: { selector: { matchLabels: { app: 'shop' } }, template, ...spec },
    status,
  });
  if (workload === undefined) throw new Error('the fixture is no workload');
  return workload;
}

/** A pod of one container; `state` and `lastState` as the kubelet writes them. */
export function createPod({
  container = {},
  status = {},
  podStatus = {},
  name = 'shop-1',
}: { container?: Fields; status?: Fields; podStatus?: Fields; name?: string } = {}) {
  return {
    metadata: { name, namespace: 'store', uid: `uid-${name}`, labels: { app: 'shop' } },
    spec: { containers: [{ name: 'shop', image: 'ghcr.io/acme/shop:1', ...container }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'False' }],
      containerStatuses: [{ name: 'shop', ready: false, restartCount: 0, ...status }],
      ...podStatus,
    },
  };
}

/** A container that waits. */
export const waiting = (reason: string, message = '') => ({ state: { waiting: { reason, message } } });

/** A container that ends again and again. */
export const crashed = (terminated: Fields, restartCount = 4) => ({
  ...waiting('CrashLoopBackOff', 'back-off 5m0s restarting failed container'),
  lastState: { terminated },
  restartCount,
});

/** An Event of the pod, or of the workload itself. */
export const event = (
  reason: string,
  message: string,
  { uid = 'uid-shop-1', fieldPath = 'spec.containers{shop}' } = {},
) => ({
  involvedObject: { kind: uid === 'uid-shop-1' ? 'Pod' : 'StatefulSet', uid, fieldPath },
  reason,
  message,
  type: 'Warning',
  lastTimestamp: '2026-11-23T09:40:00Z',
});

/** The causes of what is given; everything else is fine. */
export function explain(evidence: Partial<Evidence>) {
  return diagnose({
    workload: createWorkload(),
    namespace: 'store',
    replicaSets: [],
    pods: [],
    events: [],
    references: [],
    ...evidence,
  });
}

/** The causes of one pod. */
export const explainPod = (pod: Parameters<typeof createPod>[0], events: readonly unknown[] = []) =>
  explain({ pods: [createPod(pod)], events });

/** Causes as they are shown. */
export const lines = (causes: ReturnType<typeof explain>) =>
  causes.map(({ code, what, todo }) => [code, what, todo]);

/** A probe as people write it. */
export const httpProbe = { httpGet: { path: '/readyz', port: 8080 } };

/** A pod that needs one of everything. */
export const podSpec = {
  serviceAccountName: 'shop',
  imagePullSecrets: [{ name: 'registry' }],
  initContainers: [{ name: 'migrate', envFrom: [{ configMapRef: { name: 'settings' } }] }],
  containers: [
    {
      name: 'shop',
      env: [
        { name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: 'shop-db', key: 'url' } } },
        { name: 'MAYBE', valueFrom: { secretKeyRef: { name: 'maybe', key: 'a', optional: true } } },
        { name: 'LEVEL', valueFrom: { configMapKeyRef: { name: 'settings', key: 'level' } } },
      ],
    },
  ],
  volumes: [
    { name: 'data', persistentVolumeClaim: { claimName: 'shop-data' } },
    { name: 'tls', secret: { secretName: 'shop-tls', items: [{ key: 'tls.crt', path: 'crt' }] } },
    {
      name: 'all',
      projected: { sources: [{ configMap: { name: 'extra' } }, { serviceAccountToken: { path: 't' } }] },
    },
  ],
};
