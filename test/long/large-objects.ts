// The objects of the scale test: personas and Deployments as people have them, of the sizes that API servers hold.
import type { KubeObject } from '../../src/kube/objects.ts';

/** Replicas of each Deployment. */
export const desiredReplicas = 3;
const namespaceCount = 100;
const variableCount = 24;

/** Where a thing of this number lives, and what it is called. */
export interface Place {
  namespace: string;
  name: string;
}

/** Numbers go round the namespaces, so that neighbours in number are strangers in the cluster. */
export function placeOf(index: number): Place {
  return { namespace: `team-${index % namespaceCount}`, name: `service-${index}` };
}

/** All namespaces. */
export function listNamespaces(): KubeObject[] {
  return Array.from({ length: namespaceCount }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: placeOf(index).namespace },
  }));
}

/** What an owner has written of a service, complete. */
export function createPersona({ namespace, name }: Place): KubeObject {
  return {
    apiVersion: 'dorgu.io/v1',
    kind: 'ApplicationPersona',
    metadata: { name, namespace, labels: { 'app.kubernetes.io/name': name } },
    spec: {
      name,
      version: '1.4.2',
      type: 'worker',
      tier: 'standard',
      technical: { language: 'TypeScript', framework: 'Express', description: `${name} of ${namespace}` },
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } },
      scaling: { minReplicas: 2, maxReplicas: 6, targetCPU: 70, behavior: 'balanced' },
      dependencies: [
        { name: 'orders-db', type: 'database', required: true },
        { name: 'sessions', type: 'cache', required: false },
      ],
      ownership: { team: namespace, owner: `${namespace}@acme.example`, oncall: `${namespace}-oncall` },
      policies: {
        security: { runAsNonRoot: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
        deployment: { strategy: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%' },
      },
    },
  };
}

const probe = (path: string) => ({ httpGet: { path, port: 'http' }, periodSeconds: 10, timeoutSeconds: 2 });

function createVariables(name: string): unknown[] {
  return Array.from({ length: variableCount }, (_, index) =>
    index % 4 === 0
      ? { name: `SETTING_${index}`, valueFrom: { configMapKeyRef: { name, key: `setting-${index}` } } }
      : { name: `SETTING_${index}`, value: `value-of-setting-${index}-of-${name}` },
  );
}

function createMainContainer(name: string): Record<string, unknown> {
  return {
    name,
    image: `registry.acme.example/${name}:1.4.2`,
    imagePullPolicy: 'IfNotPresent',
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    env: createVariables(name),
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } },
    livenessProbe: probe('/healthz'),
    readinessProbe: probe('/readyz'),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
  };
}

/** A Deployment as generate writes it and Argo CD applies it: about 8 KB in the server's answer, managedFields included. */
export function createDeployment({ namespace, name }: Place): KubeObject {
  const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': namespace };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace,
      labels,
      annotations: { 'argocd.argoproj.io/tracking-id': `${name}:apps/Deployment:${namespace}/${name}` },
    },
    spec: {
      replicas: desiredReplicas,
      revisionHistoryLimit: 3,
      selector: { matchLabels: { 'app.kubernetes.io/name': name } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 10_001,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
            },
          ],
          containers: [createMainContainer(name)],
          volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }],
        },
      },
    },
  };
}

const condition = (type: string, reason: string, at: string) => ({
  type,
  status: 'True',
  reason,
  message: `Deployment has ${reason}`,
  lastTransitionTime: at,
  lastUpdateTime: at,
});

/** What the Deployment controller writes once a rollout is over: `ready` of the replicas are ready and available. */
export function createRolledOutStatus(ready: number, at: string): Record<string, unknown> {
  return {
    observedGeneration: 1,
    replicas: desiredReplicas,
    updatedReplicas: desiredReplicas,
    readyReplicas: ready,
    availableReplicas: ready,
    unavailableReplicas: desiredReplicas - ready,
    conditions: [
      condition('Available', 'MinimumReplicasAvailable', at),
      condition('Progressing', 'NewReplicaSetAvailable', at),
    ],
  };
}
