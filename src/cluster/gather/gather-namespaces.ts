// Reads everything that judging the personas of one namespace, or of all, needs: one list for each resource, all at once.
import type { ApplicationPersona, ClusterPersona } from '../../api/personas.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { KubeObject } from '../../kube/objects.ts';
import { findObject } from '../../kube/read.ts';
import { resources, type Resource } from '../../kube/resources.ts';
import { isMadeByWorkload } from '../../workload/belongs-to.ts';
import { readSurroundings } from '../../workload/read-surroundings.ts';
import { readWorkload } from '../../workload/read-workload.ts';
import { readTextMap } from '../../workload/text-map.ts';
import type { Workload } from '../../workload/workload.ts';
import { compareText } from '../../api/compare-text.ts';
import { fieldAt, textOf } from '../../api/foreign-fields.ts';
import { chooseClusterPersona } from '../../status/cluster/choose-persona.ts';
import { surroundingResources, workloadResources } from './gathered-resources.ts';
import type { NamespaceView } from './namespace-view.ts';
import { readPart, toUnseen, type Part, type PartOptions, type Unseen } from './part.ts';

/** Where to look. */
export interface GatherOptions {
  /** All of them where it is left out. */
  namespace?: string | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * The namespaces that hold personas or workloads, by name; a single one is there even where it is empty.
 * @throws KubeError where the personas themselves cannot be listed, DorguError where the cluster lacks our CRDs
 */
export async function gatherNamespaces(
  client: KubeClient,
  options: GatherOptions = {},
): Promise<Map<string, NamespaceView>> {
  const [personas, workloads, surroundings, clusterPersonas, namespaces] = await Promise.all([
    readPart<ApplicationPersona & KubeObject>(client, resources.applicationPersonas, options),
    readParts(client, workloadResources, options),
    readParts(client, surroundingResources, options),
    readPart<ClusterPersona & KubeObject>(client, resources.clusterPersonas, { signal: options.signal }),
    readNamespaces(client, options),
  ]);
  const parts = [personas, ...workloads, ...surroundings, clusterPersonas, namespaces];
  const shared = {
    clusterPersona: chooseClusterPersona(clusterPersonas.objects),
    unseen: parts.map(({ unseen }) => unseen).filter((unseen): unseen is Unseen => unseen !== undefined),
  };
  return splitByNamespace(options.namespace, {
    personas: personas.objects,
    workloads: workloads.flatMap(({ objects }) => objects),
    areWorkloadsAll: workloads.every(({ unseen, isCut }) => unseen === undefined && !isCut),
    surroundings: surroundings.flatMap(({ objects }) => objects),
    namespaces: namespaces.objects,
    shared,
  });
}

const readParts = (client: KubeClient, list: readonly Resource[], options: PartOptions): Promise<Part[]> =>
  Promise.all(list.map((resource) => readPart(client, resource, options)));

/** One namespace by itself: who may work in it may rarely list them all. */
async function readNamespaces(client: KubeClient, { namespace, signal }: GatherOptions): Promise<Part> {
  if (namespace === undefined) return readPart(client, resources.namespaces, { signal });
  try {
    const object = await findObject(client, resources.namespaces, { name: namespace }, { signal });
    return { objects: object === undefined ? [] : [object], unseen: undefined, isCut: false };
  } catch (error) {
    return { objects: [], unseen: toUnseen(resources.namespaces, error), isCut: false };
  }
}

interface Objects {
  personas: readonly (ApplicationPersona & KubeObject)[];
  workloads: readonly KubeObject[];
  /** False where a kind could not be listed to its end: what is not there may be unseen. */
  areWorkloadsAll: boolean;
  surroundings: readonly KubeObject[];
  namespaces: readonly KubeObject[];
  shared: Pick<NamespaceView, 'clusterPersona' | 'unseen'>;
}

function splitByNamespace(only: string | undefined, objects: Objects): Map<string, NamespaceView> {
  const personas = groupByNamespace(objects.personas);
  const workloads = groupByNamespace(objects.workloads);
  const surroundings = groupByNamespace(objects.surroundings);
  const labels = new Map(
    objects.namespaces.map((object) => [
      object.metadata.name,
      readTextMap(fieldAt(object, 'metadata', 'labels')),
    ]),
  );
  const names = only === undefined ? [...new Set([...personas.keys(), ...workloads.keys()])] : [only];
  return new Map(
    names.sort(compareText).map((namespace) => [
      namespace,
      {
        namespace,
        labels: labels.get(namespace) ?? new Map<string, string>(),
        personas: personas.get(namespace) ?? [],
        ...readWorkloads(workloads.get(namespace) ?? []),
        surroundings: {
          ...readSurroundings(surroundings.get(namespace) ?? []),
          ...(objects.areWorkloadsAll ? { workloads: (workloads.get(namespace) ?? []).map(nameOf) } : {}),
        },
        autoscalerObjects: (surroundings.get(namespace) ?? []).filter(
          ({ kind }) => kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject',
        ),
        ...objects.shared,
      },
    ]),
  );
}

const nameOf = ({ kind, metadata }: KubeObject) => ({ kind, name: metadata.name });

function readWorkloads(objects: readonly KubeObject[]): Pick<NamespaceView, 'workloads' | 'madeJobs'> {
  const all = objects.map(readWorkload).filter((workload): workload is Workload => workload !== undefined);
  return {
    workloads: all.filter((workload) => !isMadeByWorkload(workload)),
    madeJobs: all
      .filter((workload) => workload.kind === 'Job' && isMadeByWorkload(workload))
      .sort((left, right) => compareText(right.createdAt ?? '', left.createdAt ?? '')),
  };
}

function groupByNamespace<T extends KubeObject>(objects: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const object of objects) {
    const namespace = textOf(object.metadata.namespace);
    const group = groups.get(namespace);
    if (group === undefined) groups.set(namespace, [object]);
    else group.push(object);
  }
  return groups;
}
