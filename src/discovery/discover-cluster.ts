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
  /** Namespaces with workloads that are no add-on's; undefined where workloads could not be read, or were not asked for. */
  applicationNamespaces: ReadonlySet<string> | undefined;
}

/** How to ask. */
export interface DiscoveryOptions {
  /** Parts that the caller knows already; nothing is asked for them. */
  known?: Partial<ClusterFacts>;
  signal?: AbortSignal | undefined;
}

/**
 * Reads a cluster. What may not be read, or fails, is a part without a value; the version is asked first, so that a server that cannot
 * be reached or does not know us is an error.
 * @throws KubeError: Unreachable, Unauthorized, …; AbortError
 */
export async function discoverCluster(
  client: KubeClient,
  { known = {}, signal }: DiscoveryOptions = {},
): Promise<Discovery> {
  const asked = signal === undefined ? {} : { signal };
  const version = await attempt(async () => (await getServerVersion(client, asked)).gitVersion);
  const [{ addons, groups, applicationNamespaces }, nodes, usage, runningPods, namespaces, personas] =
    await Promise.all([
      readAddons(client, known, asked),
      known.nodes ?? attempt(() => readNodes(client, asked)),
      known.usage ?? attempt(() => readUsage(client, asked)),
      known.runningPods ?? attempt(() => countRunningPods(client, asked)),
      known.namespaces ?? attempt(() => countNamespaces(client, asked)),
      known.personas ?? attempt(() => tallyPersonas(client, asked)),
    ]);
  return {
    facts: { version, nodes, usage, runningPods, addons, namespaces, personas, groups },
    applicationNamespaces,
  };
}

/** Add-ons and API groups come of the same questions. */
async function readAddons(
  client: KubeClient,
  { addons, groups }: Partial<ClusterFacts>,
  asked: { signal?: AbortSignal },
): Promise<Pick<ClusterFacts, 'addons' | 'groups'> & Pick<Discovery, 'applicationNamespaces'>> {
  if (addons !== undefined && groups !== undefined)
    return { addons, groups, applicationNamespaces: undefined };
  const [served, workloads] = await Promise.all([
    attempt(() => readServedApi(client, asked)),
    readWorkloads(client, asked),
  ]);
  return {
    addons: joinAddons(workloads, served),
    groups: toGroups(served),
    applicationNamespaces: valueOf(workloads, undefined)?.applicationNamespaces,
  };
}

function toGroups(served: Part<ServedApi>): Part<ReadonlySet<string>> {
  return 'value' in served ? { value: served.value.groups } : served;
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
