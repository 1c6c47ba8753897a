// Objects of the API as controllers leave them, with what a test says about them.
import { applyApplicationPersonaDefaults } from '../../src/api/defaults.ts';
import type { ApplicationPersonaSpec, EffectiveApplicationPersona } from '../../src/api/personas.ts';
import type { Finding } from '../../src/rules/finding.ts';
import { readWorkload } from '../../src/workload/read-workload.ts';
import type { Workload } from '../../src/workload/workload.ts';

/** The instant of every test; times are said in seconds before it. */
export const now = new Date('2026-11-23T09:30:00Z');

export function secondsAgo(seconds: number): string {
  return `${new Date(now.getTime() - seconds * 1000).toISOString().slice(0, 19)}Z`;
}

export function createPersona(
  spec: Partial<ApplicationPersonaSpec> = {},
  generation = 1,
): EffectiveApplicationPersona {
  return applyApplicationPersonaDefaults({
    apiVersion: 'dorgu.io/v1',
    kind: 'ApplicationPersona',
    metadata: { name: 'shop', namespace: 'store', generation },
    spec: { name: 'shop', type: 'api', ...spec },
  });
}

type Fields = Record<string, unknown>;

/** An object of a workload's kind; `status` as its controller would write it. */
export function createObject(
  kind: string,
  { spec = {}, status, metadata = {} }: { spec?: Fields; status?: Fields; metadata?: Fields } = {},
): Fields {
  const labels = { app: 'shop' };
  const group =
    kind === 'Pod'
      ? 'v1'
      : kind === 'Job' || kind === 'CronJob'
        ? 'batch/v1'
        : kind === 'Rollout'
          ? 'argoproj.io/v1alpha1'
          : 'apps/v1';
  const template = {
    metadata: { labels },
    spec: { containers: [{ name: 'shop', image: 'ghcr.io/acme/shop:1' }] },
  };
  return {
    apiVersion: group,
    kind,
    metadata: {
      name: 'shop',
      namespace: 'store',
      generation: 1,
      creationTimestamp: secondsAgo(86_400),
      labels,
      ...metadata,
    },
    spec: { replicas: 3, selector: { matchLabels: labels }, template, ...spec },
    ...(status === undefined ? {} : { status }),
  };
}

export function createWorkload(kind: string, parts: Parameters<typeof createObject>[1] = {}): Workload {
  const workload = readWorkload(createObject(kind, parts));
  if (workload === undefined) throw new Error(`${kind} is not read`);
  return workload;
}

/** `Progressing` of a Deployment. */
export function progressing(status: string, reason: string, secondsSince = 86_400, message = ''): Fields {
  const at = secondsAgo(secondsSince);
  return { type: 'Progressing', status, reason, message, lastUpdateTime: at, lastTransitionTime: at };
}

export const rolledOut = progressing('True', 'NewReplicaSetAvailable');

/** Status of a Deployment with these counts, rolled out a day ago. */
export function deploymentStatus(replicas: number, ready: number, fields: Fields = {}): Fields {
  return {
    observedGeneration: 1,
    replicas,
    updatedReplicas: replicas,
    readyReplicas: ready,
    availableReplicas: ready,
    conditions: [rolledOut],
    ...fields,
  };
}

/** A pod of the workload. */
export function createPod(
  name: string,
  { status = {}, metadata = {} }: { status?: Fields; metadata?: Fields } = {},
): Fields {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'store',
      labels: { app: 'shop' },
      creationTimestamp: secondsAgo(3600),
      ...metadata,
    },
    spec: {},
    status: { phase: 'Running', ...status },
  };
}

/** A container's status; `state` and `lastState` as the kubelet writes them. */
export function containerStatus(state: Fields, fields: Fields = {}): Fields {
  return { name: 'shop', image: 'ghcr.io/acme/shop:1', ready: false, restartCount: 0, state, ...fields };
}

/** A pod whose one container crashes. */
export function crashingPod(name: string, terminated: Fields = { exitCode: 1, reason: 'Error' }): Fields {
  const waiting = {
    reason: 'CrashLoopBackOff',
    message: `back-off 5m0s restarting failed container=shop pod=${name}`,
  };
  return createPod(name, {
    status: {
      containerStatuses: [containerStatus({ waiting }, { restartCount: 5, lastState: { terminated } })],
    },
  });
}

export function createFinding(severity: Finding['severity'], parts: Partial<Finding> = {}): Finding {
  return {
    rule: 'image/tag',
    severity,
    level: 'warn',
    field: 'spec.template.spec.containers[0].image',
    actual: 'latest',
    expected: 'a version',
    message: 'container shop: the image has no version',
    ...parts,
  };
}
