// Reads what scales a workload: HorizontalPodAutoscalers of both versions, and KEDA's ScaledObjects.
import { fieldAt, listOf, textOf } from '../api/foreign-fields.ts';
import { readText } from './text-map.ts';
import type { Autoscaler } from './surroundings.ts';

/** An autoscaler; undefined for every other object. */
export function readAutoscaler(object: unknown): Autoscaler | undefined {
  const kind = fieldAt(object, 'kind');
  const apiVersion = textOf(fieldAt(object, 'apiVersion'));
  if (kind === 'HorizontalPodAutoscaler' && apiVersion.startsWith('autoscaling/'))
    return readHorizontal(object);
  if (kind === 'ScaledObject' && apiVersion.startsWith('keda.sh/')) return readScaledObject(object);
  return undefined;
}

function readHorizontal(object: unknown): Autoscaler {
  const spec = fieldAt(object, 'spec');
  const metrics = [...listOf(fieldAt(spec, 'metrics')).map(readMetric), readOldTarget(spec)];
  const targetOf = (resource: string) =>
    metrics.find((metric) => metric?.resource === resource && metric.isOfPod)?.utilization;
  const containerTargets = metrics.flatMap((metric) =>
    metric?.isByRequest === true && !metric.isOfPod
      ? [{ container: metric.container, resource: metric.resource, utilization: metric.utilization }]
      : [],
  );
  return {
    kind: 'HorizontalPodAutoscaler',
    name: textOf(fieldAt(object, 'metadata', 'name')),
    target: readTarget(fieldAt(spec, 'scaleTargetRef'), ''),
    minReplicas: fieldAt(spec, 'minReplicas') ?? undefined,
    maxReplicas: fieldAt(spec, 'maxReplicas') ?? undefined,
    targetCPU: targetOf('cpu'),
    targetMemory: targetOf('memory'),
    measuredResources: unique(metrics.flatMap((metric) => (metric?.isByRequest ? [metric.resource] : []))),
    ...(containerTargets.length === 0 ? {} : { containerTargets }),
  };
}

interface ResourceMetric {
  resource: string;
  /** Empty where it is of the whole pod. */
  container: string;
  utilization: number | undefined;
  /** Measured in percent of the request. */
  isByRequest: boolean;
  /** Of the whole pod, not of one container. */
  isOfPod: boolean;
}

// autoscaling/v2: {type: Resource, resource: {name, target: {averageUtilization}}}; v2beta1 wrote targetAverageUtilization.
function readMetric(metric: unknown): ResourceMetric | undefined {
  const isOfPod = fieldAt(metric, 'type') === 'Resource';
  if (!isOfPod && fieldAt(metric, 'type') !== 'ContainerResource') return undefined;
  const source = fieldAt(metric, isOfPod ? 'resource' : 'containerResource');
  const share =
    fieldAt(source, 'target', 'averageUtilization') ??
    fieldAt(source, 'targetAverageUtilization') ??
    undefined;
  return {
    resource: textOf(fieldAt(source, 'name')),
    container: textOf(fieldAt(source, 'container')),
    utilization: typeof share === 'number' ? share : undefined,
    isByRequest: share !== undefined,
    isOfPod,
  };
}

// autoscaling/v1: targetCPUUtilizationPercentage. Without any metric Kubernetes aims at 80% of the CPU request.
function readOldTarget(spec: unknown): ResourceMetric | undefined {
  const share = fieldAt(spec, 'targetCPUUtilizationPercentage') ?? undefined;
  if (share === undefined && listOf(fieldAt(spec, 'metrics')).length > 0) return undefined;
  const utilization = typeof share === 'number' ? share : 80;
  return { resource: 'cpu', container: '', utilization, isByRequest: true, isOfPod: true };
}

function readScaledObject(object: unknown): Autoscaler {
  const spec = fieldAt(object, 'spec');
  const triggers = listOf(fieldAt(spec, 'triggers')).map(readTrigger);
  const targetOf = (resource: string) =>
    triggers.find((trigger) => trigger.resource === resource)?.utilization;
  const measured = triggers.filter(({ isByRequest }) => isByRequest).map(({ resource }) => resource);
  return {
    kind: 'ScaledObject',
    name: textOf(fieldAt(object, 'metadata', 'name')),
    target: readTarget(fieldAt(spec, 'scaleTargetRef'), 'Deployment'),
    minReplicas: fieldAt(spec, 'minReplicaCount') ?? 0,
    maxReplicas: fieldAt(spec, 'maxReplicaCount') ?? 100,
    targetCPU: targetOf('cpu'),
    targetMemory: targetOf('memory'),
    measuredResources: unique(measured),
  };
}

// KEDA's numbers are text: {type: cpu, metricType: Utilization, metadata: {value: "70"}}.
function readTrigger(trigger: unknown) {
  const resource = textOf(fieldAt(trigger, 'type'));
  const metricType = fieldAt(trigger, 'metricType') ?? fieldAt(trigger, 'metadata', 'type') ?? 'Utilization';
  const isByRequest = (resource === 'cpu' || resource === 'memory') && metricType === 'Utilization';
  const value = textOf(fieldAt(trigger, 'metadata', 'value'));
  return {
    resource,
    isByRequest,
    utilization: isByRequest && /^[0-9]{1,4}$/.test(value) ? Number(value) : undefined,
  };
}

function readTarget(value: unknown, defaultKind: string): Autoscaler['target'] {
  return {
    apiVersion: readText(fieldAt(value, 'apiVersion')) ?? (defaultKind === '' ? '' : 'apps/v1'),
    kind: readText(fieldAt(value, 'kind')) ?? defaultKind,
    name: textOf(fieldAt(value, 'name')),
  };
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
