// Sorts the objects of manifests by what a check does with them.
import { fieldAt, textOf } from '../api/foreign-fields.ts';
import { applicationPersonaKind, clusterPersonaKind, group } from '../api/group-version.ts';
import type { Manifest } from '../document/manifest.ts';
import { isMadeByWorkload } from '../workload/belongs-to.ts';
import { readAutoscaler, readDisruptionBudget, readService } from '../workload/read-surroundings.ts';
import { readWorkload } from '../workload/read-workload.ts';
import type { Surroundings } from '../workload/surroundings.ts';
import { readTextMap } from '../workload/text-map.ts';
import type { TextMap, Workload } from '../workload/workload.ts';
import { nameObject } from './object-name.ts';

/** A workload of a file, its namespace filled in. */
export interface FileWorkload {
  workload: Workload;
  manifest: Manifest;
}

/** What scales, protects or leads to workloads of a namespace. */
export interface Neighbour {
  namespace: string;
  manifest: Manifest;
  surroundings: Surroundings;
}

/** The objects by role. */
export interface SortedManifests {
  applicationPersonas: Manifest[];
  clusterPersonas: Manifest[];
  workloads: FileWorkload[];
  neighbours: Neighbour[];
  /** Labels of the namespaces that the input declares. */
  namespaceLabels: Map<string, TextMap>;
  /** `apiVersion/Kind` of all others, and how many. */
  otherKinds: Map<string, number>;
}

/** Sorts; objects without a namespace are taken to be in `defaultNamespace` (empty where none is known). What a workload has made itself is left out. */
export function sortManifests(manifests: readonly Manifest[], defaultNamespace: string): SortedManifests {
  const sorted: SortedManifests = {
    applicationPersonas: [],
    clusterPersonas: [],
    workloads: [],
    neighbours: [],
    namespaceLabels: new Map(),
    otherKinds: new Map(),
  };
  for (const manifest of manifests) sortOne(sorted, manifest, defaultNamespace);
  return sorted;
}

function sortOne(sorted: SortedManifests, manifest: Manifest, defaultNamespace: string): void {
  const { object } = manifest;
  const persona = findPersonaKind(manifest);
  if (persona !== undefined) {
    (persona === applicationPersonaKind ? sorted.applicationPersonas : sorted.clusterPersonas).push(manifest);
    return;
  }
  const { namespace, name } = nameObject(manifest, defaultNamespace);
  const workload = readWorkload(object);
  if (workload !== undefined) {
    if (!isMadeByWorkload(workload))
      sorted.workloads.push({ workload: { ...workload, namespace, name }, manifest });
    return;
  }
  const surroundings = readNeighbour(object);
  if (surroundings !== undefined) {
    sorted.neighbours.push({ namespace, manifest, surroundings });
    return;
  }
  const kind = `${textOf(fieldAt(object, 'apiVersion'))}/${textOf(fieldAt(object, 'kind'))}`;
  if (kind === 'v1/Namespace')
    sorted.namespaceLabels.set(name, readTextMap(fieldAt(object, 'metadata', 'labels')));
  sorted.otherKinds.set(kind, (sorted.otherKinds.get(kind) ?? 0) + 1);
}

/** Which of our two kinds it is, whatever its version; undefined for others. */
function findPersonaKind({ object }: Manifest): string | undefined {
  const isOurs = textOf(fieldAt(object, 'apiVersion')).startsWith(`${group}/`);
  const kind = textOf(fieldAt(object, 'kind'));
  return isOurs && (kind === applicationPersonaKind || kind === clusterPersonaKind) ? kind : undefined;
}

function readNeighbour(object: unknown): Surroundings | undefined {
  const found = {
    autoscalers: listDefined(readAutoscaler(object)),
    disruptionBudgets: listDefined(readDisruptionBudget(object)),
    services: listDefined(readService(object)),
  };
  return Object.values(found).some((list) => list.length > 0) ? found : undefined;
}

const listDefined = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);
