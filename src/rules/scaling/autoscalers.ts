// Which autoscalers act on a workload, and between which bounds.
import { compareText } from '../../api/compare-text.ts';
import type { Autoscaler, Surroundings } from '../../workload/surroundings.ts';
import type { Workload } from '../../workload/workload.ts';
import type { RuleInput } from '../rule-input.ts';
import { readCount } from './replica-count.ts';

/** What KEDA calls the HPA that it makes of a ScaledObject: part of that, not a second one. */
const kedaPrefix = 'keda-hpa-';

/** The autoscalers that target the workload, by name and kind: files and caches have orders of their own. An HPA that KEDA made counts as its ScaledObject. */
export function autoscalersOf(
  workload: Workload,
  surroundings: Pick<Surroundings, 'autoscalers'>,
): readonly Autoscaler[] {
  const own = surroundings.autoscalers.filter((autoscaler) => targets(autoscaler, workload));
  const scaledObjects = new Set(own.filter(({ kind }) => kind === 'ScaledObject').map(({ name }) => name));
  return own
    .filter(({ kind, name }) => kind === 'ScaledObject' || !isOfKeda(name, scaledObjects))
    .sort((left, right) => compareText(left.name, right.name) || compareText(left.kind, right.kind));
}

/** The same, also where nothing else around the workload is known. */
export function knownAutoscalersOf({
  workload,
  surroundings,
  autoscalers = [],
}: Pick<RuleInput, 'workload' | 'surroundings' | 'autoscalers'>): readonly Autoscaler[] {
  return autoscalersOf(workload, surroundings ?? { autoscalers });
}

function isOfKeda(name: string, scaledObjects: ReadonlySet<string>): boolean {
  return name.startsWith(kedaPrefix) && scaledObjects.has(name.slice(kedaPrefix.length));
}

/** Whether it targets the workload; an apiVersion that is left out or of an old group is not held against it. */
export function targets({ target }: Autoscaler, { apiVersion, kind, name }: Workload): boolean {
  const [wanted, actual] = [groupOf(target.apiVersion), groupOf(apiVersion)];
  const isSameGroup = wanted === actual || wanted === '' || [wanted, actual].includes('extensions');
  return isSameGroup && target.kind === kind && target.name === name;
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Bounds as they count; undefined where malformed, or where an HPA has no maximum. */
export function boundsOf({ kind, minReplicas, maxReplicas }: Autoscaler): {
  min: number | undefined;
  max: number | undefined;
} {
  const isKeda = kind === 'ScaledObject';
  return {
    min: minReplicas === undefined ? (isKeda ? 0 : 1) : readCount(minReplicas),
    max: maxReplicas === undefined && isKeda ? 100 : readCount(maxReplicas),
  };
}

/** `HorizontalPodAutoscaler/shop`, for a report. */
export function objectOf({ kind, name }: Autoscaler): string {
  return `${kind}/${name}`;
}
