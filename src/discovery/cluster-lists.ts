// The lists that discovery reads, each reduced to what is kept while its pages pass by.
import { DorguError } from '../api/errors.ts';
import { fieldAt, textOf } from '../api/foreign-fields.ts';
import type { KubeClient } from '../kube/client.ts';
import { KubeError } from '../kube/kube-error.ts';
import { listPages } from '../kube/list.ts';
import { resources, type Resource } from '../kube/resources.ts';
import type { PersonaCounts } from '../status/cluster/cluster-facts.ts';
import { readNode, type NodeFacts } from '../status/cluster/node-facts.ts';
import { addUsage, type Usage } from '../status/cluster/resource-summary.ts';
import { foldList } from './fold-list.ts';

interface Asked {
  signal?: AbortSignal;
}

/** Facts of every node. @throws KubeError */
export async function readNodes(client: KubeClient, asked: Asked): Promise<NodeFacts[]> {
  return foldList<NodeFacts[]>(
    client,
    resources.nodes,
    asked,
    () => [],
    (nodes, object) => {
      const facts = readNode(object);
      if (facts !== undefined) nodes.push(facts);
    },
  );
}

/** CPU and memory in use; undefined where nothing measures them. @throws KubeError */
export async function readUsage(client: KubeClient, asked: Asked): Promise<Usage | undefined> {
  try {
    const sum = await foldList<{ usage: Usage | undefined }>(
      client,
      resources.nodeMetrics,
      asked,
      () => ({ usage: undefined }),
      (total, object) => {
        total.usage = addUsage(total.usage, object);
      },
    );
    return sum.usage;
  } catch (error) {
    if (error instanceof KubeError && error.httpStatus === 404) return undefined;
    throw error;
  }
}

/**
 * How many pods run. The server counts all of them for one small page; only those that do not run are listed, by their metadata: on
 * a cluster of 100,000 pods that is a thousandth of the bytes.
 * @throws KubeError
 */
export async function countRunningPods(client: KubeClient, asked: Asked): Promise<number> {
  const others = { ...asked, fieldSelector: 'status.phase!=Running', isMetadataOnly: true };
  const [all, notRunning] = await Promise.all([
    countAll(client, resources.pods, asked),
    foldList(
      client,
      resources.pods,
      others,
      () => ({ count: 0 }),
      (sum) => void (sum.count += 1),
    ),
  ]);
  return Math.max(0, all - notRunning.count);
}

async function countAll(client: KubeClient, resource: Resource, asked: Asked): Promise<number> {
  for await (const { items, remaining } of listPages(client, resource, {
    ...asked,
    limit: 1,
    isMetadataOnly: true,
  }))
    return items.length + (remaining ?? 0);
  return 0;
}

/** Namespaces, and those that are not being deleted. @throws KubeError */
export async function countNamespaces(
  client: KubeClient,
  asked: Asked,
): Promise<{ total: number; active: number }> {
  const options = { ...asked, isMetadataOnly: true };
  return foldList(
    client,
    resources.namespaces,
    options,
    () => ({ total: 0, active: 0 }),
    (counts, object) => {
      counts.total += 1;
      if (fieldAt(object, 'metadata', 'deletionTimestamp') === undefined) counts.active += 1;
    },
  );
}

/** Personas by phase, and in how many namespaces; undefined where the CRDs are not installed. @throws KubeError */
export async function tallyPersonas(client: KubeClient, asked: Asked): Promise<PersonaCounts | undefined> {
  const start = () => ({ count: 0, namespaces: new Set<string>(), phases: new Map<string, number>() });
  try {
    const tally = await foldList(client, resources.applicationPersonas, asked, start, (sum, object) => {
      const phase = textOf(fieldAt(object, 'status', 'phase'));
      sum.count += 1;
      sum.namespaces.add(textOf(fieldAt(object, 'metadata', 'namespace')));
      sum.phases.set(phase, (sum.phases.get(phase) ?? 0) + 1);
    });
    return { ...tally, namespaces: tally.namespaces.size };
  } catch (error) {
    if (isWithoutCrds(error)) return undefined;
    throw error;
  }
}

/** Whether the cluster does not know our kinds. */
export function isWithoutCrds(error: unknown): boolean {
  return error instanceof DorguError && error.code === 'CrdsMissing';
}
