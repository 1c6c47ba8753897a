// The caches of what scales, protects and leads to workloads, and of the labels of namespaces.
import { fieldAt, fieldsOf } from '../../src/api/foreign-fields.ts';
import { resources, type Resource } from '../../src/kube/resources.ts';
import { readAutoscaler, readDisruptionBudget, readService } from '../../src/workload/read-surroundings.ts';
import { readSelector } from '../../src/workload/selector.ts';
import { readTextMap } from '../../src/workload/text-map.ts';
import type { Autoscaler, DisruptionBudget, ServiceSnapshot } from '../../src/workload/surroundings.ts';
import type { CacheOptions } from '../manager/cache.ts';
import { pack, unpack, within, type Watched } from './watched.ts';

/** A HorizontalPodAutoscaler or ScaledObject. */
export interface WatchedAutoscaler extends Watched {
  /** The name of what it scales. */
  target: string;
}

/** Something that selects pods: a PodDisruptionBudget or a Service. */
export interface WatchedSelector extends Watched {
  /** A label `key=value` that every pod it selects bears; empty where it does not need one. */
  selected: string;
}

/** Autoscalers by their own name and by that of their target. */
export const byTarget = 'target';

/** What selects pods, by {@link WatchedSelector.selected}. */
export const bySelected = 'selected';

/** Metadata is only the name: nothing else of it is read. */
function keep({ group, version, kind }: Resource, object: unknown) {
  return {
    apiVersion: group === '' ? version : `${group}/${version}`,
    kind,
    metadata: { name: fieldAt(object, 'metadata', 'name') },
    spec: fieldsOf(fieldAt(object, 'spec')),
  };
}

function watchAutoscalers(resource: Resource, isOptional: boolean): CacheOptions<WatchedAutoscaler> {
  return {
    resource,
    isOptional,
    project: (object) => {
      const kept = keep(resource, object);
      return { ...pack(object, kept), target: readAutoscaler(kept)?.target.name ?? '' };
    },
    indices: {
      [byTarget]: ({ namespace, name, target }) =>
        [...new Set([name, target])].map((text) => within(namespace, text)),
    },
  };
}

/** Of both kinds; KEDA's only where it is installed. */
export const watchedAutoscalers: readonly CacheOptions<WatchedAutoscaler>[] = [
  watchAutoscalers(resources.horizontalPodAutoscalers, false),
  watchAutoscalers(resources.scaledObjects, true),
];

/** The autoscaler, for rules. */
export function openAutoscaler(watched: WatchedAutoscaler): Autoscaler | undefined {
  return readAutoscaler(unpack(watched));
}

function watchSelectors(
  resource: Resource,
  labelsOf: (spec: unknown) => ReadonlyMap<string, string> | undefined,
): CacheOptions<WatchedSelector> {
  return {
    resource,
    project: (object) => {
      const kept = keep(resource, object);
      const [label] = labelsOf(kept.spec) ?? [];
      const rest = resource.kind === 'Service' ? { ...kept, spec: keepService(kept.spec) } : kept;
      return { ...pack(object, rest), selected: label === undefined ? '' : `${label[0]}=${label[1]}` };
    },
    indices: { [bySelected]: ({ namespace, selected }) => [within(namespace, selected)] },
  };
}

/** Addresses and policies of a Service are no matter of ours. */
function keepService(spec: unknown) {
  return { selector: fieldAt(spec, 'selector'), ports: fieldAt(spec, 'ports') };
}

/** Every PodDisruptionBudget. */
export const watchedBudgets = watchSelectors(
  resources.podDisruptionBudgets,
  (spec) => readSelector(fieldAt(spec, 'selector'))?.matchLabels,
);

/** Every Service. */
export const watchedServices = watchSelectors(resources.services, (spec) =>
  readTextMap(fieldAt(spec, 'selector')),
);

/** The budget, for rules. */
export function openBudget(watched: WatchedSelector): DisruptionBudget | undefined {
  return readDisruptionBudget(unpack(watched));
}

/** The Service, for rules. */
export function openService(watched: WatchedSelector): ServiceSnapshot | undefined {
  return readService(unpack(watched));
}

/** A namespace; `text` is the JSON of its labels. */
export interface WatchedNamespace extends Watched {
  /** It is being deleted. */
  isEnding: boolean;
}

/** Every namespace. */
export const watchedNamespaces: CacheOptions<WatchedNamespace> = {
  resource: resources.namespaces,
  isMetadataOnly: true,
  project: (object) => ({
    ...pack(object, fieldsOf(fieldAt(object, 'metadata', 'labels'))),
    isEnding: fieldAt(object, 'metadata', 'deletionTimestamp') !== undefined,
  }),
};
