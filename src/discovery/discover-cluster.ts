// Asks a live cluster everything that its description is made of: all lists at once, in pages, nothing kept but facts.
import type { KubeClient } from '../kube/client.ts';
import { getServerVersion } from '../kube/discovery.ts';
import { findAddons, type DiscoveredAddon } from '../status/cluster/find-addons.ts';
import type { ClusterFacts } from '../status/cluster/cluster-facts.ts';
import { failureOf, valueOf, type Part } from '../status/cluster/part.ts';
import { attempt } from './attempt.ts';
import { countNamespaces, countRunningPods, readNodes, readUsage, tallyPersonas } from './cluster-lists.ts';
import { readServedApi, type ServedApi } from './served-api.ts';
import { readWorkloads, type WorkloadFacts } from './workloads.ts';

/** What was asked, and what it is worth beyond the facts. */
export interface Discovery {
  facts: ClusterFacts;
  /** Namespaces with workloads that are no add-on's; undefined where workloads could not be read. */
  applicationNamespaces: ReadonlySet<string> | undefined;
}

/**
 * Reads a cluster. What may not be read, or fails, is a part without a value; the version is asked first, so that a server that cannot
 * be reached or does not know us is an error.
 * @throws KubeError: Unreachable, Unauthorized, …; AbortError
 */
export async function discoverCluster(
  client: KubeClient,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Discovery> {
  const asked = signal === undefined ? {} : { signal };
  const version = await attempt(async () => (await getServerVersion(client, asked)).gitVersion);
  const [served, nodes, usage, runningPods, workloads, namespaces, personas] = await Promise.all([
    attempt(() => readServedApi(client, asked)),
    attempt(() => readNodes(client, asked)),
    attempt(() => readUsage(client, asked)),
    attempt(() => countRunningPods(client, asked)),
    readWorkloads(client, asked),
    attempt(() => countNamespaces(client, asked)),
    attempt(() => tallyPersonas(client, asked)),
  ]);
  const groups: Part<ReadonlySet<string>> = 'value' in served ? { value: served.value.groups } : served;
  const addons = joinAddons(workloads, served);
  return {
    facts: { version, nodes, usage, runningPods, addons, namespaces, personas, groups },
    applicationNamespaces: valueOf(workloads, undefined)?.applicationNamespaces,
  };
}

/** Both are needed: without the workloads an add-on would seem to have none. */
function joinAddons(
  workloads: Part<WorkloadFacts>,
  served: Part<ServedApi>,
): Part<readonly DiscoveredAddon[]> {
  const failure = failureOf(workloads) ?? failureOf(served);
  if (failure !== undefined || !('value' in workloads) || !('value' in served))
    return { failure: failure ?? '' };
  return { value: findAddons(workloads.value.addonWorkloads, served.value.resources) };
}
