// The pods of a workload: which they are, which of them start, and what fails, counted.
import { compareText } from '../api/compare-text.ts';
import { fieldAt, listOf, textOf } from '../api/foreign-fields.ts';
import { maxStatusPodFailures } from '../api/limits.ts';
import type { PodFailure } from '../api/personas.ts';
import { matchesSelector } from '../workload/selector.ts';
import { readTextMap } from '../workload/text-map.ts';
import type { Workload } from '../workload/workload.ts';
import { conditionOf } from './object-conditions.ts';
import { parseInstant } from './plain-text.ts';
import { findFailuresOfPod, type ContainerFailure } from './pod-failure.ts';

/** The pods of the API that belong to the workload: by its selector; a CronJob's by the names of its Jobs. */
export function findPodsOf(workload: Workload, pods: readonly unknown[]): unknown[] {
  return pods.filter((pod) => {
    const namespace = textOf(fieldAt(pod, 'metadata', 'namespace'));
    if (workload.namespace !== '' && namespace !== '' && namespace !== workload.namespace) return false;
    if (workload.kind === 'Pod') return fieldAt(pod, 'metadata', 'name') === workload.name;
    if (workload.kind === 'CronJob') return isOfCronJob(pod, workload.name);
    const labels = readTextMap(fieldAt(pod, 'metadata', 'labels'));
    return workload.selector !== undefined && matchesSelector(workload.selector, labels);
  });
}

function isOfCronJob(pod: unknown, name: string): boolean {
  return listOf(fieldAt(pod, 'metadata', 'ownerReferences')).some(
    (owner) =>
      fieldAt(owner, 'kind') === 'Job' &&
      /^-\d+$/.test(textOf(fieldAt(owner, 'name')).slice(name.length)) &&
      textOf(fieldAt(owner, 'name')).startsWith(name),
  );
}

/** What the pods of a workload tell together. */
export interface PodsSummary {
  /** Pods that should run: neither finished, nor ended, nor being deleted. */
  live: number;
  /** Of these, those that fail, without those that only wait for a place. */
  failing: number;
  /** Of these, those that are neither ready nor failing. */
  starting: number;
  /** When the youngest of those that are not ready was made, in milliseconds since 1970. */
  youngestStartAt: number | undefined;
  /** Of pods that should run. */
  failures: readonly ContainerFailure[];
  /** Of pods that have ended: evicted ones stay in the list for ever. */
  endedFailures: readonly ContainerFailure[];
}

/** Judges the pods of one workload. */
export function summarisePods(pods: readonly unknown[], now: Date): PodsSummary {
  const summary = { live: 0, failing: 0, starting: 0, youngestStartAt: undefined as number | undefined };
  const live: ContainerFailure[] = [];
  const ended: ContainerFailure[] = [];
  for (const pod of pods) {
    const failures = findFailuresOfPod(pod, now);
    (isLive(pod) ? live : ended).push(...failures);
    if (!isLive(pod)) continue;
    summary.live += 1;
    if (conditionOf(fieldAt(pod, 'status'), 'Ready')?.status === 'True') continue;
    const createdAt = parseInstant(fieldAt(pod, 'metadata', 'creationTimestamp'));
    summary.youngestStartAt = latest(summary.youngestStartAt, createdAt);
    if (failures.some(({ reason }) => reason !== 'Unschedulable')) summary.failing += 1;
    else summary.starting += 1;
  }
  return { ...summary, failures: live, endedFailures: ended };
}

function isLive(pod: unknown): boolean {
  const phase = fieldAt(pod, 'status', 'phase');
  const isDeleted = fieldAt(pod, 'metadata', 'deletionTimestamp') !== undefined;
  return phase !== 'Succeeded' && phase !== 'Failed' && !isDeleted;
}

/** The later of two times; undefined where neither is known. */
export function latest(left: number | undefined, right: number | undefined): number | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return Math.max(left, right);
}

/** Failures by container and reason, each with one pod's name and the number of pods; most frequent first, at most {@link maxStatusPodFailures}. */
export function groupFailures(failures: readonly ContainerFailure[]): PodFailure[] {
  const groups = new Map<string, ContainerFailure[]>();
  for (const failure of failures) {
    const key = JSON.stringify([failure.reason, failure.container ?? '']);
    groups.set(key, [...(groups.get(key) ?? []), failure]);
  }
  return [...groups.values()]
    .map(toPodFailure)
    .sort(
      (left, right) =>
        (right.count ?? 0) - (left.count ?? 0) ||
        compareText(left.reason, right.reason) ||
        compareText(left.container ?? '', right.container ?? ''),
    )
    .slice(0, maxStatusPodFailures);
}

/** The pod that stands for the others is the first by name, so that the status rests. */
function toPodFailure(failures: readonly ContainerFailure[]): PodFailure {
  const sorted = failures.toSorted((left, right) => compareText(left.pod, right.pod));
  const { pod = 'unknown', container, reason = 'Unknown', message = '' } = sorted[0] ?? {};
  return {
    pod,
    ...(container === undefined || container === '' ? {} : { container }),
    reason,
    ...(message === '' ? {} : { message }),
    count: Math.max(1, new Set(failures.map((failure) => failure.pod)).size),
  };
}

/** Every failure among the pods of the API, de-duplicated and bounded. */
export function findPodFailures(pods: readonly unknown[], now: Date): PodFailure[] {
  return groupFailures(pods.flatMap((pod) => findFailuresOfPod(pod, now)));
}
