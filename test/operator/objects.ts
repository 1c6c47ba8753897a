// Objects for controllers: personas, and Deployments as their controller leaves them.

/** A persona of namespace `store`. */
export function createPersona(name: string, spec: object = {}, metadata: object = {}): object {
  return {
    apiVersion: 'dorgu.io/v1',
    kind: 'ApplicationPersona',
    metadata: { name, namespace: 'store', ...metadata },
    spec: {
      name,
      type: 'worker',
      tier: 'best-effort',
      policies: {
        security: { readOnlyRootFilesystem: false, runAsNonRoot: false, allowPrivilegeEscalation: true },
      },
      ...spec,
    },
  };
}

/** How a Deployment is. */
export interface DeploymentState {
  labels?: Record<string, string>;
  image?: string;
  revision?: number;
  replicas?: number;
  available?: number;
  progress?: 'NewReplicaSetAvailable' | 'ReplicaSetUpdated' | 'ProgressDeadlineExceeded';
  progressedAt?: string;
  annotations?: Record<string, string>;
  podSpec?: object;
}

const createState = (name: string) => ({
  labels: { app: name } as Record<string, string>,
  image: `registry.example.com/${name}:1`,
  revision: 1,
  replicas: 2,
  progress: 'NewReplicaSetAvailable' as NonNullable<DeploymentState['progress']>,
  progressedAt: '2026-11-23T08:30:00Z',
});

/** A Deployment of namespace `store`, an hour old. */
export function createDeployment(name: string, state: DeploymentState = {}): object {
  const { labels, image, revision, replicas, progress, progressedAt } = { ...createState(name), ...state };
  const available = state.available ?? replicas;
  const isUnderWay = progress !== 'NewReplicaSetAvailable';
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: 'store',
      generation: revision,
      creationTimestamp: '2026-11-23T08:30:00Z',
      labels,
      annotations: { 'deployment.kubernetes.io/revision': String(revision), ...state.annotations },
    },
    spec: {
      replicas,
      selector: { matchLabels: { run: name } },
      template: {
        metadata: { labels: { run: name } },
        spec: {
          containers: [
            {
              name,
              image,
              resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '32Mi' } },
            },
          ],
          ...state.podSpec,
        },
      },
    },
    status: {
      observedGeneration: revision,
      replicas,
      updatedReplicas: isUnderWay ? Math.min(1, replicas) : replicas,
      readyReplicas: available,
      availableReplicas: available,
      conditions: [
        {
          type: 'Progressing',
          status: progress === 'ProgressDeadlineExceeded' ? 'False' : 'True',
          reason: progress,
          message: progress,
          lastUpdateTime: progressedAt,
          lastTransitionTime: progressedAt,
        },
      ],
    },
  };
}

/** A pod of it whose container crashes again and again. */
export function createCrashingPod(deployment: string, name: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'store',
      labels: { run: deployment },
      creationTimestamp: '2026-11-23T09:00:00Z',
      ownerReferences: [{ kind: 'ReplicaSet', name: deployment, controller: true }],
    },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'False' }],
      containerStatuses: [
        {
          name: deployment,
          ready: false,
          restartCount: 3,
          state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s' } },
          lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
        },
      ],
    },
  };
}
