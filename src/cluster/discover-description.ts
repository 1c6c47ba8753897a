// The description of a cluster: its ClusterPersona with the operator's word where that is fresh, else with what the cluster says itself.
import { clusterReadyReasons } from '../api/conditions.ts';
import type { ClusterPersona, ClusterPersonaStatus, NodeInfo } from '../api/personas.ts';
import type { KubeClient } from '../kube/client.ts';
import { listObjects } from '../kube/list.ts';
import type { KubeObject } from '../kube/objects.ts';
import { resources } from '../kube/resources.ts';
import { chooseClusterPersona } from '../status/cluster/choose-persona.ts';
import { listFailures, type ClusterFacts, type PersonaCounts } from '../status/cluster/cluster-facts.ts';
import type { DiscoveredAddon } from '../status/cluster/find-addons.ts';
import { observeCluster } from '../status/cluster/observe-cluster.ts';
import { failureOf, valueOf } from '../status/cluster/part.ts';
import { parseInstant } from '../status/plain-text.ts';
import { attempt } from '../discovery/attempt.ts';
import { discoverCluster } from '../discovery/discover-cluster.ts';
import { isWithoutCrds, tallyPersonas } from '../discovery/cluster-lists.ts';
import { KubeError } from '../kube/kube-error.ts';
import { getObject } from '../kube/read.ts';
import { isOperatorLeading } from './operator-lease.ts';

/** What is known of a cluster, and who says so. */
export interface ClusterDescription {
  /** Undefined where the cluster has none, or its CRDs are not installed. */
  persona: ClusterPersona | undefined;
  hasCrds: boolean;
  /** Why ClusterPersonas could not be listed: whether there is one is unknown then. */
  personaUnseen?: string;
  /** Other ClusterPersonas, by name: only one counts. */
  others: readonly string[];
  status: ClusterPersonaStatus;
  judgedBy: 'operator' | 'cluster';
  /** The operator's last discovery, where it is too old to go by. */
  staleSince?: string;
  personas: PersonaCounts | undefined;
  /** With counts of pods; only where the cluster was asked itself. */
  addons: readonly DiscoveredAddon[];
  /** How many nodes there are of each role; undefined where not all of them are known. */
  roles: ReadonlyMap<string, number> | undefined;
  /** What could not be read, in the server's own words. */
  failures: readonly { part: string; reason: string }[];
}

/**
 * The operator discovers every five minutes; three times that without a word, and either there was nothing new to say (it writes only
 * what is), or it is gone: its Lease tells.
 */
export const freshForMs = 15 * 60_000;

/**
 * Describes the cluster by the named ClusterPersona, or by the one that counts.
 * @throws KubeError; NotFound for a name that the cluster does not have
 */
export async function describeCluster(
  client: KubeClient,
  { name, now, signal }: { name?: string | undefined; now: Date; signal: AbortSignal },
): Promise<ClusterDescription> {
  const { all, hasCrds, refusal } = await listClusterPersonas(client, { signal });
  const counting = chooseClusterPersona(all);
  const persona = name === undefined ? counting : await findNamed(client, name, all, { signal });
  const others = all.map(({ metadata }) => metadata.name).filter((one) => one !== persona?.metadata.name);
  const base = { persona, hasCrds, others };
  if (persona === undefined) {
    const judgement = await ask(client, persona, { now, signal });
    if (refusal !== undefined && judgement.isBlind) throw refusal;
    return { ...base, ...(refusal === undefined ? {} : { personaUnseen: refusal.message }), ...judgement };
  }
  if (await isCurrent(client, persona, { now, signal }))
    return { ...base, ...(await tell(client, persona, signal)) };
  const isSuperseded = counting !== undefined && counting.metadata.name !== persona.metadata.name;
  const supersededBy = isSuperseded ? counting.metadata.name : undefined;
  return { ...base, ...(await ask(client, persona, { supersededBy, now, signal })) };
}

/** One that may be read though the list may not. */
async function findNamed(
  client: KubeClient,
  name: string,
  all: readonly ClusterPersona[],
  asked: { signal: AbortSignal },
): Promise<ClusterPersona> {
  const listed = all.find(({ metadata }) => metadata.name === name);
  return listed ?? getObject<ClusterPersona & KubeObject>(client, resources.clusterPersonas, { name }, asked);
}

type Judgement = Omit<ClusterDescription, 'persona' | 'hasCrds' | 'others' | 'personaUnseen'>;

/** The operator's word. */
async function tell(client: KubeClient, persona: ClusterPersona, signal: AbortSignal): Promise<Judgement> {
  const { status = {} } = persona;
  const personas = await attempt(() => tallyPersonas(client, { signal }));
  return {
    status,
    judgedBy: 'operator',
    personas: valueOf(personas, undefined),
    addons: (status.addons ?? []).map((addon) => ({ addon, desiredPods: 0, availablePods: 0 })),
    roles: status.nodes?.length === status.nodeCount ? countRoles(status.nodes ?? []) : undefined,
    failures: [],
  };
}

/** The cluster's own word. */
async function ask(
  client: KubeClient,
  persona: ClusterPersona | undefined,
  how: { supersededBy?: string | undefined; now: Date; signal: AbortSignal },
): Promise<Judgement & { isBlind: boolean }> {
  const { facts } = await discoverCluster(client, { signal: how.signal });
  const previous = persona?.status;
  const { supersededBy, now } = how;
  const generation = persona?.metadata.generation;
  return {
    status: observeCluster({ generation, facts, supersededBy, now, previous }),
    judgedBy: 'cluster',
    ...(previous?.lastDiscovery === undefined ? {} : { staleSince: previous.lastDiscovery }),
    personas: valueOf(facts.personas, undefined),
    addons: valueOf(facts.addons, []),
    roles: countRoles(valueOf(facts.nodes, []).map(({ info }) => info)),
    failures: listFailures(facts),
    isBlind: isBlind(facts),
  };
}

/** Whether nothing could be read but what every server tells everyone. */
function isBlind({ nodes, runningPods, addons, namespaces, personas }: ClusterFacts): boolean {
  return [nodes, runningPods, addons, namespaces, personas].every((part) => failureOf(part) !== undefined);
}

function countRoles(nodes: readonly NodeInfo[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { role = '' } of nodes) counts.set(role, (counts.get(role) ?? 0) + 1);
  return counts;
}

/** All ClusterPersonas; none, and the server's refusal, where they may not be listed. */
export async function listClusterPersonas(
  client: KubeClient,
  asked: { signal: AbortSignal },
): Promise<{ all: ClusterPersona[]; hasCrds: boolean; refusal?: KubeError }> {
  try {
    return {
      all: await listObjects<ClusterPersona & KubeObject>(client, resources.clusterPersonas, asked),
      hasCrds: true,
    };
  } catch (error) {
    if (isWithoutCrds(error)) return { all: [], hasCrds: false };
    if (error instanceof KubeError && error.httpStatus === 403)
      return { all: [], hasCrds: true, refusal: error };
    throw error;
  }
}

/** Whether the operator's word is of this spec, and of now. */
async function isCurrent(
  client: KubeClient,
  { metadata, status = {} }: ClusterPersona,
  { now, signal }: { now: Date; signal: AbortSignal },
): Promise<boolean> {
  const { lastDiscovery, observedGeneration = 0, conditions = [] } = status;
  const at = parseInstant(lastDiscovery);
  const isDiscovering = conditions.some(({ reason }) => reason === clusterReadyReasons.discovering);
  const isOfThisSpec = observedGeneration >= (metadata.generation ?? 0);
  if (at === undefined || isDiscovering || !isOfThisSpec) return false;
  return now.getTime() - at <= freshForMs || isOperatorLeading(client, { now, signal });
}
