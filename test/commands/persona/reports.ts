// Reports of made-up personas for the tests of the screen: healthy, degraded, hostile.
import { formatScreen } from '../../../src/commands/persona/status/layout.ts';
import { toScreen } from '../../../src/commands/persona/status/screen.ts';
import { createPalette } from '../../../src/ui/palette.ts';
import { toReport, type PersonaReport } from '../../../src/cluster/inspect-persona.ts';
import type { ApplicationPersona, ApplicationPersonaStatus } from '../../../src/api/personas.ts';
import type { KubeObject } from '../../../src/kube/objects.ts';
import { readSurroundings } from '../../../src/workload/read-surroundings.ts';
import { readWorkload } from '../../../src/workload/read-workload.ts';
import { findWorkloads } from '../../../src/workload/belongs-to.ts';
import type { Workload } from '../../../src/workload/workload.ts';

/** The moment at which every test looks. */
export const now = new Date('2026-11-23T09:41:00Z');

/** RFC 3339, some minutes before {@link now}. */
export const minutesAgo = (minutes: number) =>
  new Date(now.getTime() - minutes * 60_000).toISOString().replace('.000', '');

/** A persona that the operator has looked at. */
export function createPersona({
  name = 'shop',
  spec = {},
  status,
}: {
  name?: string;
  spec?: Partial<ApplicationPersona['spec']>;
  status?: ApplicationPersonaStatus;
} = {}): ApplicationPersona & KubeObject {
  return {
    apiVersion: 'dorgu.io/v1',
    kind: 'ApplicationPersona',
    metadata: { name, namespace: 'store', generation: 2 },
    spec: { name, type: 'api', tier: 'critical', ...spec },
    ...(status === undefined ? {} : { status }),
  };
}

/** A condition, in the operator's words. */
export function createCondition(
  type: string,
  status: 'True' | 'False',
  minutes: number,
  reason: string,
  message = '',
) {
  return { type, status, reason, message, lastTransitionTime: minutesAgo(minutes), observedGeneration: 2 };
}

/** Everything well, everything known. */
export const healthyStatus: ApplicationPersonaStatus = {
  observedGeneration: 2,
  phase: 'Active',
  lastUpdated: minutesAgo(180),
  health: { status: 'Healthy', replicas: { desired: 3, ready: 3, updated: 3 } },
  validation: { passed: true },
  learned: {
    resourceBaseline: {
      ...{ avgCPU: '120m', peakCPU: '480m', avgMemory: '210Mi', peakMemory: '390Mi' },
      windowEnd: '2026-11-23T09:35:00Z',
    },
  },
  argoCD: {
    syncStatus: 'Synced',
    healthStatus: 'Healthy',
    revision: '4f2c91ec0ffee0123456789abcdef0123456789a',
    lastSyncTime: minutesAgo(2),
    applicationName: 'shop',
    applicationNamespace: 'argocd',
  },
  conditions: [
    createCondition('Ready', 'True', 180, 'Available', 'Deployment shop: 3 of 3 available'),
    createCondition('Validated', 'True', 180, 'Passed', 'no findings'),
  ],
};

/** A Deployment of three replicas. */
export function createDeployment({
  available = 3,
  updated = 3,
  name = 'shop',
  image = 'ghcr.io/acme/shop:1.8.2',
  requests,
}: {
  available?: number;
  updated?: number;
  name?: string;
  image?: string;
  requests?: Record<string, string>;
} = {}): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: 'store',
      uid: `uid-${name}`,
      generation: 1,
      creationTimestamp: minutesAgo(600),
      labels: { app: name },
    },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [{ name, image, ...(requests === undefined ? {} : { resources: { requests } }) }],
        },
      },
    },
    status: {
      observedGeneration: 1,
      replicas: 3,
      updatedReplicas: updated,
      readyReplicas: available,
      availableReplicas: available,
      conditions: [
        {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
          lastUpdateTime: minutesAgo(500),
        },
      ],
    },
  };
}

/** 3 to 12 at 70%. */
export const autoscaler: KubeObject = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'shop', namespace: 'store' },
  spec: {
    minReplicas: 3,
    maxReplicas: 12,
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
      },
    ],
  },
  status: {
    currentReplicas: 3,
    desiredReplicas: 3,
    conditions: [{ type: 'ScalingActive', status: 'True', reason: 'ValidMetricFound' }],
  },
};

/** The report on a persona among these objects. */
export function createReport({
  persona = createPersona({ status: healthyStatus }),
  objects = [createDeployment(), autoscaler],
  others = {},
}: {
  persona?: ApplicationPersona & KubeObject;
  objects?: readonly KubeObject[];
  others?: Partial<PersonaReport>;
} = {}): PersonaReport {
  const workloads = objects
    .map(readWorkload)
    .filter((workload): workload is Workload => workload !== undefined);
  const around = {
    namespace: 'store',
    labels: new Map<string, string>(),
    personas: [persona],
    workloads,
    madeJobs: [],
    surroundings: readSurroundings(objects),
    autoscalerObjects: objects.filter(({ kind }) => kind === 'HorizontalPodAutoscaler'),
    clusterPersona: undefined,
    unseen: [],
  };
  const view = { persona, around, workloads: findWorkloads(persona, workloads), pods: [], unseen: [] };
  return { ...toReport(view, now), ...others };
}

/** The screen's lines. */
export function show(
  report: PersonaReport,
  { width = Infinity, isWide = false, isColoured = false, ellipsis = '…' } = {},
) {
  return formatScreen(toScreen(report, { now, isWide }), {
    width,
    palette: createPalette(isColoured),
    ellipsis,
  });
}
