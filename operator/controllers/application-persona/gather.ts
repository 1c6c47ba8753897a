// Reads everything that judging one persona needs, from the caches alone.
import type { ApplicationFacts } from '../../../src/status/decide-application.ts';
import { findWorkloads, type Claimant } from '../../../src/workload/belongs-to.ts';
import type { Workload } from '../../../src/workload/workload.ts';
import type { Cache } from '../../manager/cache.ts';
import {
  findClusterPersona,
  gatherSurroundings,
  readLabels,
  toClaimant,
  unique,
} from '../../watched/around.ts';
import { findClaimants, findClaimed, findClaimedByRivals } from '../../watched/ownership.ts';
import { openPersona, type WatchedPersona } from '../../watched/personas.ts';
import { byLabel, ofCronJob, type WatchedPod } from '../../watched/pods.ts';
import { unpack, within } from '../../watched/watched.ts';
import { openWorkload, type WatchedWorkload } from '../../watched/workloads.ts';
import type { PersonaCaches } from './caches.ts';

/** What was found; undefined facts where a verdict would be wrong: the persona's workload may be one that cannot be listed. */
export type Gathered = Omit<ApplicationFacts, 'seen' | 'now'> | undefined;

/** Pods of one workload that are looked at, first by name: more say nothing new. */
const maxPods = 500;

/** Gathers for a persona of the cache. Never throws, never asks the server. */
export function gatherPersona(caches: PersonaCaches, watched: WatchedPersona): Gathered {
  const persona = openPersona(watched);
  const claimed = findClaimed(caches, watched.namespace, watched.application);
  const near = new Set([...claimed, ...claimed.flatMap((one) => findClaimedByRivals(caches, one))]);
  const workloads = [...near].flatMap((workload) => openWorkload(workload) ?? []);
  const owned = findWorkloads(persona, workloads);
  if (owned.length === 0 && !caches.workloads.every(({ isSynced }) => isSynced)) return undefined;
  return {
    persona,
    around: {
      labels: readLabels(caches, watched.namespace),
      personas: findAllClaimants(caches, claimed),
      workloads,
      surroundings: gatherSurroundings(
        caches,
        { namespace: watched.namespace, names: [watched.application] },
        owned,
      ),
      clusterPersona: findClusterPersona(caches),
    },
    pods: owned.flatMap((workload) => gatherPods(caches, watched.namespace, workload, claimed)),
  };
}

/** Each once. */
function findAllClaimants(caches: PersonaCaches, workloads: readonly WatchedWorkload[]): Claimant[] {
  return [...new Set(workloads.flatMap((workload) => findClaimants(caches, workload)))].map(toClaimant);
}

function gatherPods(
  { pods }: PersonaCaches,
  namespace: string,
  { kind, name }: Workload,
  claimed: readonly WatchedWorkload[],
): unknown[] {
  const selected = claimed.find((one) => one.kind === kind && one.name === name)?.selected ?? '';
  const label = kind === 'CronJob' ? ofCronJob(name) : selected;
  const found = label === '' ? findAll(pods, namespace) : pods.find(byLabel, within(namespace, label));
  return unique(found).slice(0, maxPods).map(unpack);
}

/** Of a workload that selects by expressions only. */
function findAll(pods: Cache<WatchedPod>, namespace: string): WatchedPod[] {
  return [...pods.objects.values()].filter((pod) => pod.namespace === namespace);
}
