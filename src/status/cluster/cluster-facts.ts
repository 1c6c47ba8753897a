// What is read of a cluster, part by part, before anything is judged.
import { failureOf, type Part } from './part.ts';
import type { DiscoveredAddon } from './find-addons.ts';
import type { NodeFacts } from './node-facts.ts';
import type { Usage } from './resource-summary.ts';

/** How many namespaces and personas there are. */
export interface PersonaCounts {
  count: number;
  /** Namespaces that hold one. */
  namespaces: number;
  /** By phase, in no order; a persona without one is counted under the empty text. */
  phases: ReadonlyMap<string, number>;
}

/** One reading of a cluster. Each part stands for itself: what may not be read leaves the others as they are. */
export interface ClusterFacts {
  /** `v1.35.4` */
  version: Part<string>;
  nodes: Part<readonly NodeFacts[]>;
  /** Undefined where nothing measures use. */
  usage: Part<Usage | undefined>;
  runningPods: Part<number>;
  addons: Part<readonly DiscoveredAddon[]>;
  namespaces: Part<{ total: number; active: number }>;
  /** Undefined where the CRDs are not installed. */
  personas: Part<PersonaCounts | undefined>;
  /** API groups that the server serves; for the platform. */
  groups: Part<ReadonlySet<string>>;
  /** Whether everything that personas are judged by may be watched; left out where nobody watches it. */
  judging?: Part<true>;
}

const partNames: readonly (readonly [keyof ClusterFacts, string])[] = [
  ['version', 'version'],
  ['nodes', 'nodes'],
  ['usage', 'use of nodes'],
  ['runningPods', 'pods'],
  ['addons', 'add-ons'],
  ['namespaces', 'namespaces'],
  ['personas', 'personas'],
  ['groups', 'API groups'],
  ['judging', 'what personas are judged by'],
];

/** What could not be read, each with the server's own words. */
export function listFailures(facts: ClusterFacts): { part: string; reason: string }[] {
  return partNames.flatMap(([key, part]) => {
    const fact = facts[key];
    const reason = fact === undefined ? undefined : failureOf(fact);
    return reason === undefined ? [] : [{ part, reason }];
  });
}
