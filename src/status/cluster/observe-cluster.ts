// Makes a ClusterPersona's status of what was discovered; what could not be read stays as it was known.
import { clusterConditions, clusterHealthyReasons, clusterReadyReasons } from '../../api/conditions.ts';
import type { ClusterPersonaStatus } from '../../api/personas.ts';
import { formatCount, formatInstant, toLine } from '../plain-text.ts';
import { isSameButTimes, setConditions, type JudgedCondition } from '../set-conditions.ts';
import { listFailures, type ClusterFacts } from './cluster-facts.ts';
import { listNodes } from './node-list.ts';
import { valueOf } from './part.ts';
import { detectPlatform } from './platform.ts';
import { summariseResources } from './resource-summary.ts';
import { readUsed } from './used-resources.ts';

/** Everything that the status is made of. */
export interface ClusterObservation {
  /** metadata.generation of the ClusterPersona; undefined for one that the server does not have yet. */
  generation: number | undefined;
  facts: ClusterFacts;
  /** The older ClusterPersona that counts instead of this one. */
  supersededBy?: string | undefined;
  now: Date;
  /** The status before: the last known state of what could not be read. */
  previous?: ClusterPersonaStatus | undefined;
}

/** The whole status. */
export function observeCluster({
  generation,
  facts,
  supersededBy,
  now,
  previous,
}: ClusterObservation): ClusterPersonaStatus {
  const discovered = { ...lastKnown(previous), ...toDiscovery(facts, previous) };
  const judged = [toReady(facts, supersededBy), toDiscovered(facts), toHealthy(discovered)] as const;
  const status: ClusterPersonaStatus = {
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    phase: toPhase(discovered, judged, supersededBy),
    ...discovered,
    conditions: setConditions(judged, previous?.conditions, { generation, now }),
  };
  const isSame = previous?.lastDiscovery !== undefined && isSameButTimes(status, previous);
  return { ...status, lastDiscovery: (isSame ? previous.lastDiscovery : undefined) ?? formatInstant(now) };
}

type Discovery = Omit<ClusterPersonaStatus, 'observedGeneration' | 'phase' | 'conditions' | 'lastDiscovery'>;

function lastKnown(previous: ClusterPersonaStatus = {}): Discovery {
  const { observedGeneration: _1, phase: _2, conditions: _3, lastDiscovery: _4, ...known } = previous;
  return known;
}

/** What this reading tells; fields of parts that failed are left out. */
function toDiscovery(facts: ClusterFacts, previous: ClusterPersonaStatus | undefined): Discovery {
  const addons = valueOf(facts.addons, undefined);
  const version = valueOf(facts.version, undefined);
  return {
    ...describeNodes(facts, previous),
    ...(addons === undefined ? {} : { addons: addons.map(({ addon }) => addon) }),
    ...describeNamespaces(facts, previous),
    ...(version === undefined ? {} : { kubernetesVersion: toLine(version) }),
  };
}

function describeNodes(facts: ClusterFacts, previous: ClusterPersonaStatus | undefined): Discovery {
  const nodes = valueOf(facts.nodes, undefined);
  if (nodes === undefined) return {};
  const version = valueOf(facts.version, previous?.kubernetesVersion ?? '');
  const groups = valueOf(facts.groups, new Set<string>());
  const platform = detectPlatform({ version, groups, nodes }) ?? previous?.platform;
  const infos = nodes.map(({ info }) => info);
  const runningPods = valueOf(facts.runningPods, previous?.resourceSummary?.runningPods);
  return {
    nodes: listNodes(infos),
    nodeCount: infos.length,
    readyNodes: infos.filter(({ ready }) => ready).length,
    resourceSummary: summariseResources(infos, valueOf(facts.usage, readUsed(previous)), runningPods),
    ...(platform === undefined ? {} : { platform }),
  };
}

function describeNamespaces(facts: ClusterFacts, previous: ClusterPersonaStatus = {}): Discovery {
  const namespaces = valueOf(facts.namespaces, previous.namespaces);
  const personas = valueOf(facts.personas, undefined) ?? {
    count: previous.applicationCount,
    namespaces: previous.namespaces?.withPersonas,
  };
  const withPersonas = personas.namespaces === undefined ? {} : { withPersonas: personas.namespaces };
  return {
    ...(namespaces === undefined ? {} : { namespaces: { ...namespaces, ...withPersonas } }),
    ...(personas.count === undefined ? {} : { applicationCount: personas.count }),
  };
}

function toReady(facts: ClusterFacts, supersededBy: string | undefined): JudgedCondition {
  const type = clusterConditions.ready;
  if (supersededBy !== undefined) {
    const message = `ClusterPersona ${supersededBy} is older and counts`;
    return { type, status: 'False', reason: clusterReadyReasons.superseded, message };
  }
  const failed = listFailures(facts).map(({ part }) => part);
  if (failed.length === 0)
    return {
      type,
      status: 'True',
      reason: clusterReadyReasons.discovered,
      message: 'the cluster is discovered',
    };
  const message = `could not read ${failed.join(', ')}`;
  return { type, status: 'False', reason: clusterReadyReasons.discoveryFailed, message };
}

function toDiscovered(facts: ClusterFacts): JudgedCondition {
  const type = clusterConditions.discovered;
  const failures = listFailures(facts);
  if (failures.length === 0)
    return {
      type,
      status: 'True',
      reason: clusterReadyReasons.discovered,
      message: 'everything could be read',
    };
  const message = failures.map(({ part, reason }) => `${part}: ${toLine(reason, 300)}`).join('; ');
  return { type, status: 'False', reason: clusterReadyReasons.discoveryFailed, message };
}

function toHealthy({ nodeCount, readyNodes = 0, nodes = [], addons = [] }: Discovery): JudgedCondition {
  const type = clusterConditions.healthy;
  if (nodeCount === undefined)
    return {
      type,
      status: 'Unknown',
      reason: clusterHealthyReasons.unknown,
      message: 'the nodes could not be read',
    };
  const tired = addons.filter(({ healthy }) => healthy === false).map(({ name }) => name);
  if (readyNodes < nodeCount) {
    const names = nodes.filter(({ ready }) => !ready).map(({ name }) => name);
    const message = `${nodeCount - readyNodes} of ${formatCount(nodeCount, 'node')} not ready: ${listNames(names)}`;
    return { type, status: 'False', reason: clusterHealthyReasons.nodesNotReady, message };
  }
  if (tired.length > 0) {
    const message = `pods are not ready: ${listNames(tired)}`;
    return { type, status: 'False', reason: clusterHealthyReasons.addonsNotReady, message };
  }
  if (nodeCount === 0)
    return { type, status: 'Unknown', reason: clusterHealthyReasons.noNodes, message: 'there is no node' };
  const message = `${formatCount(nodeCount, 'node')} ready`;
  return { type, status: 'True', reason: clusterHealthyReasons.healthy, message };
}

function listNames(names: readonly string[]): string {
  const more = names.length - 5;
  return `${names.slice(0, 5).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Unknown: nothing is known of it, or another counts. Degraded: not all could be read, or something is not healthy. */
function toPhase(
  { nodeCount, kubernetesVersion }: Discovery,
  judged: readonly JudgedCondition[],
  supersededBy: string | undefined,
): NonNullable<ClusterPersonaStatus['phase']> {
  if (supersededBy !== undefined || (nodeCount === undefined && kubernetesVersion === undefined))
    return 'Unknown';
  return judged.some(({ status }) => status === 'False') ? 'Degraded' : 'Ready';
}
