// Reads what importing needs of a namespace or of all: paged lists, of which only what describes a workload is kept.
import { readIngress } from '../../adoption/ingress.ts';
import type { NamespaceSnapshot, NeighbourKind } from '../../adoption/namespace-snapshot.ts';
import { compareText } from '../../api/compare-text.ts';
import type { KubeClient } from '../../kube/client.ts';
import { listPages } from '../../kube/list.ts';
import type { KubeObject } from '../../kube/objects.ts';
import { resources, type Resource } from '../../kube/resources.ts';
import { readSurroundings } from '../../workload/read-surroundings.ts';
import { readWorkload } from '../../workload/read-workload.ts';
import type { Workload } from '../../workload/workload.ts';
import { toUnseen, type Unseen } from '../gather/part.ts';
import { isMissingResource } from '../missing-resource.ts';
import { stripObject } from './strip-object.ts';

const workloadResources: readonly Resource[] = [
  resources.deployments,
  resources.statefulSets,
  resources.daemonSets,
  resources.cronJobs,
  resources.jobs,
  resources.argoRollouts,
];

/**
 * Resources of add-ons. Who may not list them cannot tell whether they are there: most users of most clusters. A ScaledObject
 * is not missed then, because KEDA makes an autoscaler of it.
 */
const addOns: ReadonlySet<Resource> = new Set([resources.argoRollouts, resources.scaledObjects]);

const neighbourResources: readonly (readonly [Resource, NeighbourKind | undefined])[] = [
  [resources.horizontalPodAutoscalers, 'HorizontalPodAutoscaler'],
  [resources.scaledObjects, 'HorizontalPodAutoscaler'],
  [resources.services, 'Service'],
  [resources.ingresses, 'Ingress'],
  // It says nothing of a persona, but whether a workload is in order without one.
  [resources.podDisruptionBudgets, undefined],
];

/** What to read. */
export interface ReadNamespacesOptions {
  /** All of them where it is left out. */
  namespace?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Told how many objects there are so far. */
  onProgress?: (count: number) => void;
}

/** What was read. */
export interface ReadNamespaces {
  /** Namespaces with workloads, by name. Each is forgotten once it was handed out. */
  namespaces: () => Generator<NamespaceSnapshot, void, undefined>;
  /** What may not be read: what it would have said is left out of the personas. */
  unseen: readonly Unseen[];
}

/** @throws KubeError where no kind of workload can be listed */
export async function readNamespaces(
  client: KubeClient,
  options: ReadNamespacesOptions = {},
): Promise<ReadNamespaces> {
  let count = 0;
  const onObjects = (more: number) => options.onProgress?.((count += more));
  const [workloads, neighbours] = await Promise.all([
    Promise.all(workloadResources.map((resource) => readStripped(client, resource, options, onObjects))),
    Promise.all(
      neighbourResources.map(async ([resource, kind]) => ({
        kind,
        ...(await readStripped(client, resource, options, onObjects)),
      })),
    ),
  ]);
  const builtIn = workloads.filter(({ resource }) => !addOns.has(resource));
  if (builtIn.every(({ error }) => error !== undefined)) throw builtIn[0]?.error;
  const byNamespace = groupByNamespace([...workloads, ...neighbours].map(({ objects }) => objects));
  const unread = new Set(
    neighbours.flatMap(({ kind, unseen }) => (unseen === undefined || kind === undefined ? [] : [kind])),
  );
  return {
    namespaces: () => snapshots(byNamespace, unread),
    unseen: [...workloads, ...neighbours].flatMap(({ unseen }) => unseen ?? []),
  };
}

interface Stripped {
  resource: Resource;
  objects: KubeObject[];
  unseen: Unseen | undefined;
  error: unknown;
}

/** A list that the cluster does not have is empty; one that may not be read is unseen. */
async function readStripped(
  client: KubeClient,
  resource: Resource,
  { namespace, signal }: ReadNamespacesOptions,
  onObjects: (more: number) => void,
): Promise<Stripped> {
  let objects: KubeObject[] = [];
  try {
    for await (const { items, restarted } of listPages(client, resource, { namespace, signal })) {
      if (restarted) objects = [];
      for (const item of items) objects.push(stripObject(item));
      onObjects(items.length);
    }
    return { resource, objects, unseen: undefined, error: undefined };
  } catch (error) {
    if (isMissingResource(error)) return { resource, objects: [], unseen: undefined, error: undefined };
    const unseen = toUnseen(resource, error);
    const isSilent = unseen.isForbidden && addOns.has(resource);
    return { resource, objects: [], unseen: isSilent ? undefined : unseen, error };
  }
}

function groupByNamespace(lists: readonly (readonly KubeObject[])[]): Map<string, KubeObject[]> {
  const groups = new Map<string, KubeObject[]>();
  for (const objects of lists) {
    for (const object of objects) {
      const namespace = object.metadata.namespace ?? '';
      const group = groups.get(namespace) ?? [];
      group.push(object);
      groups.set(namespace, group);
    }
  }
  return groups;
}

function* snapshots(
  byNamespace: Map<string, KubeObject[]>,
  unread: ReadonlySet<NeighbourKind>,
): Generator<NamespaceSnapshot, void, undefined> {
  for (const name of [...byNamespace.keys()].sort(compareText)) {
    const objects = byNamespace.get(name) ?? [];
    byNamespace.delete(name);
    const workloads = objects.map(readWorkload).filter((one): one is Workload => one !== undefined);
    if (workloads.length === 0) continue;
    yield {
      name,
      workloads,
      surroundings: { ...readSurroundings(objects), workloads },
      ingresses: objects.map(readIngress).filter((one) => one !== undefined),
      unread,
    };
  }
}
