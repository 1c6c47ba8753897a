// Every query that Prometheus is asked: all of PromQL is here. Text of others stands in it only as a quoted, escaped label value.
import { sampleWindowMs } from '../sizing/usage.ts';
import type { UsageScope } from './usage-source.ts';

/** The label that says which of the three measures a series is. */
export const measureLabel = 'dorgu_measure';
/** Its values. */
export const measures = { cpu: 'cpu', memoryPeak: 'memory_peak', memoryAverage: 'memory_average' } as const;

/** Metrics that use is read from. */
export const usageMetrics = {
  cpu: 'container_cpu_usage_seconds_total',
  memory: 'container_memory_working_set_bytes',
  /** Recording rules of kube-prometheus; the newer name for CPU first. */
  cpuRule: 'node_namespace_pod_container:container_cpu_usage_seconds_total:sum_rate5m',
  olderCpuRule: 'node_namespace_pod_container:container_cpu_usage_seconds_total:sum_irate',
  memoryRule: 'node_namespace_pod_container:container_memory_working_set_bytes',
} as const;

type UsageMetric = (typeof usageMetrics)[keyof typeof usageMetrics];

/** Which metrics there are, and of how many series; as the probe found them. */
export type KnownMetrics = ReadonlyMap<string, number>;

/** One part of all pods: those whose names end with one of these characters. Undefined: all. */
export type PodSlice = string | undefined;

/** Names of pods end with one of these. The most frequent (those that Kubernetes makes names of at random) are spread evenly. */
const lastCharacters = Array.from('bcdfghjklmnpqrstvwxz2456789aeiouy013');
/** Parts beyond this cannot be had from one character. */
export const maxPodSlices = lastCharacters.length;

/** All pods in so many parts, each of them a set of last characters. */
export function slicePods(count: number): PodSlice[] {
  if (count <= 1) return [undefined];
  const slices = Array.from({ length: Math.min(count, maxPodSlices) }, () => '');
  lastCharacters.forEach((character, index) => {
    const slot = index % slices.length;
    slices[slot] = `${slices[slot] ?? ''}${character}`;
  });
  return slices;
}

/** Undefined where it cannot be cut. */
export function halveSlice(slice: PodSlice): [PodSlice, PodSlice] | undefined {
  const characters = slice === undefined ? lastCharacters : Array.from(slice);
  if (characters.length < 2) return undefined;
  const half = (parity: number) => characters.filter((_, index) => index % 2 === parity).join('');
  return [half(0), half(1)];
}

/** A label's value as PromQL writes it. */
export function quote(value: string): string {
  const escaped = value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  // Prometheus takes half characters, and the character that stands for them, for broken text; neither is in any name.
  return `"${escaped.replace(/[\p{Cs}\ufffd]/gu, '?')}"`;
}

function matchPods({ namespace }: UsageScope, slice: PodSlice): string {
  return [
    ...(namespace === undefined ? [] : [`,namespace=${quote(namespace)}`]),
    ...(slice === undefined ? [] : [`,pod=~".*[${slice}]"`]),
  ].join('');
}

/** Series of containers; those of whole pods and of the sandbox are in neither source's sum. */
const containers = 'container!="",container!="POD"';
const byContainer = 'by (namespace,pod,container)';
const window = `${sampleWindowMs / 1000}s`;

/**
 * Which of the metrics there are, and how many series each has now: touches one sample of each. Gives nothing for those that
 * are not there.
 */
export function probeQuery(scope: UsageScope): string {
  const names = Object.values(usageMetrics).join('|');
  return `count by (__name__) ({__name__=~"${names}",${containers}${matchPods(scope, undefined)}})`;
}

/**
 * CPU, highest and mean memory of every container in the window that ends at the query's time, in cores and bytes; each series has
 * {@link measureLabel}. Raw metrics are preferred: a rule holds a value each half minute at most, and sums what was scraped twice.
 */
export function usageQuery(known: KnownMetrics, scope: UsageScope, slice: PodSlice): string {
  const pods = matchPods(scope, slice);
  const memory = pick(known, [usageMetrics.memory, usageMetrics.memoryRule]);
  const over = (how: string) => `max ${byContainer} (${how}(${memory}{${containers}${pods}}[${window}]))`;
  return [
    named(measures.cpu, cpuExpression(known, pods)),
    named(measures.memoryPeak, over('max_over_time')),
    named(measures.memoryAverage, over('avg_over_time')),
  ].join(' or ');
}

function pick(known: KnownMetrics, [first, ...others]: [UsageMetric, ...UsageMetric[]]): UsageMetric {
  return [first, ...others].find((metric) => known.has(metric)) ?? first;
}

function named(measure: string, expression: string): string {
  return `label_replace(${expression},"${measureLabel}","${measure}","","")`;
}

/**
 * `name` is the runtime's id of a container. The same id scraped twice counts once: the copy with most samples, since copies scraped at
 * other moments differ by chance, and the larger of two (max) would be too much, time after time. Another id of the same container is the
 * one before or after a restart, and each has used its share of the window (sum). Without ids only the first can be told.
 */
function cpuExpression(known: KnownMetrics, pods: string): string {
  const { cpu, cpuRule, olderCpuRule } = usageMetrics;
  const metric = pick(known, [cpu, cpuRule, olderCpuRule]);
  if (metric === cpuRule)
    return `max ${byContainer} (last_over_time(${metric}{${containers}${pods}}[${window}]))`;
  if (metric === olderCpuRule)
    return `max ${byContainer} (avg_over_time(${metric}{${containers}${pods}}[${window}]))`;
  const rate = (name: string) =>
    `sum without (cpu) (rate(${metric}{${containers},${name}${pods}}[${window}]))`;
  const byId = 'by (namespace,pod,container,name)';
  const withId = 'name!=""';
  const samples = `min without (cpu) (count_over_time(${metric}{${containers},${withId}${pods}}[${window}]))`;
  const oneCopy = `max ${byId} (${rate(withId)} and topk ${byId} (1,${samples}))`;
  return `(sum ${byContainer} (${oneCopy}) or max ${byContainer} (${rate('name=""')}))`;
}

/** The labels that {@link ownersQuery} and {@link ownerSelectors} are read by. */
export const ownerLabels = {
  namespace: 'namespace',
  pod: 'pod',
  replicaSet: 'replicaset',
  kind: 'owner_kind',
  name: 'owner_name',
} as const;

const controllers = 'owner_is_controller="true"';

function matchOwners({ namespace }: UsageScope): string {
  return namespace === undefined ? controllers : `${controllers},namespace=${quote(namespace)}`;
}

/** Who made pods and ReplicaSets, of all that were there in the span that ends at the query's time; those that are gone are in it. */
export function ownersQuery(spanMs: number, scope: UsageScope): string {
  const span = `${Math.max(1, Math.ceil(spanMs / 1000))}s`;
  const of = (metric: string, label: string) =>
    `max by (namespace,${label},owner_kind,owner_name) (last_over_time(${metric}{${matchOwners(scope)}}[${span}]))`;
  return `${of('kube_pod_owner', 'pod')} or ${of('kube_replicaset_owner', 'replicaset')}`;
}

/** The same for long spans, as selectors of series: reads the index and touches no sample. */
export function ownerSelectors(scope: UsageScope): string[] {
  return [`kube_pod_owner{${matchOwners(scope)}}`, `kube_replicaset_owner{${matchOwners(scope)}}`];
}
