// Objects as an API server gives them, defaults and managed fields included, each with names of its own.

const at = '2026-11-23T09:30:00Z';

/** A Deployment of one container that is rolled out. */
export function createLiveDeployment(index: number): object {
  const name = `application-${index}`;
  const labels = {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/version': '1.0.0',
    'app.kubernetes.io/managed-by': 'dorgu',
  };
  return {
    metadata: {
      name,
      namespace: `team-${index % 100}`,
      uid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      resourceVersion: `${1000 + index}`,
      generation: 1,
      creationTimestamp: at,
      labels,
      annotations: {
        'deployment.kubernetes.io/revision': '1',
        'kubectl.kubernetes.io/last-applied-configuration': 'x'.repeat(1500),
      },
      managedFields: [{ manager: 'kubectl', operation: 'Update', fieldsV1: { 'f:spec': listFields(60) } }],
    },
    spec: {
      replicas: 2,
      selector: { matchLabels: { 'app.kubernetes.io/name': name } },
      template: {
        metadata: { creationTimestamp: null, labels },
        spec: {
          containers: [
            {
              name,
              image: `registry.example.com/team/${name}:1.0.${index % 10}`,
              ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
              env: [
                { name: 'PORT', value: '8080' },
                {
                  name: 'DATABASE_URL',
                  valueFrom: { secretKeyRef: { name: `${name}-secrets`, key: 'DATABASE_URL' } },
                },
              ],
              resources: { limits: { memory: '256Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
              livenessProbe: createProbe('/health'),
              readinessProbe: createProbe('/ready'),
              terminationMessagePath: '/dev/termination-log',
              terminationMessagePolicy: 'File',
              imagePullPolicy: 'IfNotPresent',
              securityContext: {
                capabilities: { drop: ['ALL'] },
                readOnlyRootFilesystem: true,
                allowPrivilegeEscalation: false,
              },
            },
          ],
          restartPolicy: 'Always',
          terminationGracePeriodSeconds: 30,
          dnsPolicy: 'ClusterFirst',
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          schedulerName: 'default-scheduler',
        },
      },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    },
    status: {
      observedGeneration: 1,
      replicas: 2,
      updatedReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      conditions: [
        createCondition('Available', 'MinimumReplicasAvailable', 'Deployment has minimum availability.'),
        createCondition(
          'Progressing',
          'NewReplicaSetAvailable',
          `ReplicaSet "${name}-5d4f7c9b8" has successfully progressed.`,
        ),
      ],
    },
  };
}

function createProbe(path: string): object {
  return {
    httpGet: { path, port: 'http', scheme: 'HTTP' },
    initialDelaySeconds: 5,
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  };
}

function createCondition(type: string, reason: string, message: string): object {
  return { type, status: 'True', lastUpdateTime: at, lastTransitionTime: at, reason, message };
}

function listFields(many: number): object {
  return Object.fromEntries(Array.from({ length: many }, (_, index) => [`f:field${index}`, {}]));
}

/** Its persona, as `generate` writes one. */
export function createLivePersona(index: number): object {
  const name = `application-${index}`;
  return {
    apiVersion: 'dorgu.io/v1',
    kind: 'ApplicationPersona',
    metadata: {
      name,
      namespace: `team-${index % 100}`,
      uid: `10000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      resourceVersion: `${50_000 + index}`,
      generation: 1,
      creationTimestamp: at,
      managedFields: [
        { manager: 'dorgu', operation: 'Apply', fieldsV1: { 'f:spec': listFields(60) } },
        { manager: 'dorgu-operator', operation: 'Apply', fieldsV1: { 'f:status': listFields(60) } },
      ],
    },
    spec: {
      name,
      type: 'api',
      tier: 'standard',
      technical: {
        language: 'TypeScript',
        framework: 'Express',
        description: 'Takes orders, and gives them.',
      },
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
      scaling: { minReplicas: 2, maxReplicas: 6, targetCPU: 70, behavior: 'balanced' },
      health: { livenessPath: '/health', readinessPath: '/ready', port: 8080, startupGracePeriod: '30s' },
      dependencies: [{ name: 'postgres', type: 'database', required: true }],
      networking: { ports: [{ port: 8080, protocol: 'TCP', purpose: 'http' }], ingress: { enabled: false } },
      ownership: { team: `team-${index % 20}`, repository: 'https://git.example.com/team/app' },
      policies: {
        security: {
          runAsNonRoot: true,
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
        },
        deployment: { strategy: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%' },
        maintenance: { autoRestart: false },
      },
      sizing: { mode: 'advise' },
    },
  };
}
