// Advice as text that people can apply: a patch for kustomize, values for Helm, or a JSON patch.
import { Document } from 'yaml';
import { findMainContainer } from '../../workload/main-container.ts';
import type { Workload } from '../../workload/workload.ts';
import type { Advice } from '../advice.ts';
import { toChanges } from './changes.ts';
import type { AmountChanges, ContainerChange } from './changes.ts';
import { toJsonPatch } from './json-patch.ts';

/** What a patch is for. */
export const patchFormats = ['kustomize', 'helm', 'json'] as const;
export type PatchFormat = (typeof patchFormats)[number];

/**
 * The advice on one workload as a patch, the same text each time; empty where there is nothing to change.
 * `kustomize`: a strategic merge patch, which `kubectl patch --patch-file` takes as well; for kinds that Kubernetes does not
 * know (a Rollout), whose lists it would replace, a JSON patch in YAML. `json`: a JSON patch. `helm`: values, `resources` for
 * the main container as most charts have it, `NAME.resources` for the others.
 */
export function toPatch(format: PatchFormat, workload: Workload, advice: readonly Advice[]): string {
  const changes = toChanges(workload, advice);
  if (changes.length === 0) return '';
  if (format === 'helm') return printYaml(toHelmValues(workload, changes));
  if (format === 'json') return `${JSON.stringify(toJsonPatch(workload, changes), null, 2)}\n`;
  const isMerged = workload.kind !== 'Rollout';
  return printYaml(isMerged ? toStrategicMerge(workload, changes) : toJsonPatch(workload, changes));
}

function printYaml(value: unknown): string {
  return new Document(value, { aliasDuplicateObjects: false }).toString({ lineWidth: 0 });
}

function toStrategicMerge(workload: Workload, changes: readonly ContainerChange[]): object {
  const listed = (list: ContainerChange['list']) =>
    changes
      .filter((change) => change.list === list)
      .map((change) => ({ name: change.name, resources: toResources(change) }));
  const pod = { containers: listed('containers'), initContainers: listed('initContainers') };
  const spec = Object.fromEntries(Object.entries(pod).filter(([, list]) => list.length > 0));
  return {
    apiVersion: workload.apiVersion,
    kind: workload.kind,
    metadata: {
      name: workload.name,
      ...(workload.namespace === '' ? {} : { namespace: workload.namespace }),
    },
    ...nest(workload.pod.path.split('.'), spec),
  };
}

function nest(path: readonly string[], value: unknown): object {
  return path.reduceRight((inner: unknown, step) => ({ [step]: inner }), value) as object;
}

/** Null removes: in a strategic merge patch and in Helm's values alike. */
function toResources({ requests, limits }: Pick<ContainerChange, 'requests' | 'limits'>): object {
  const filled = (changes: AmountChanges, name: string) =>
    changes.size === 0 ? {} : { [name]: Object.fromEntries(changes) };
  return { ...filled(requests, 'requests'), ...filled(limits, 'limits') };
}

function toHelmValues(workload: Workload, changes: readonly ContainerChange[]): object {
  const main = findMainContainer(workload, workload.name)?.name;
  const values = new Map<string, unknown>();
  for (const change of changes) {
    const resources = toResources(change);
    if (change.name === main) values.set('resources', resources);
    else values.set(change.name, { resources });
  }
  return values;
}
