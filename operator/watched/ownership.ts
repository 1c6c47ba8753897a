// Which workloads are a persona's and which personas want a workload, looked up in the caches by the names of the matching rungs.
import type { Cache } from '../manager/cache.ts';
import type { CacheFactory } from '../manager/controller-deps.ts';
import { byApplication, watchedPersonas, type WatchedPersona } from './personas.ts';
import { within } from './watched.ts';
import { watchedWorkloads, workloadIndices, type WatchedWorkload } from './workloads.ts';

/** The caches of both sides. */
export interface OwnershipCaches {
  personas: Cache<WatchedPersona>;
  workloads: readonly Cache<WatchedWorkload>[];
}

/** The caches, shared with whoever asks for them too. */
export function getOwnershipCaches(caches: CacheFactory): OwnershipCaches {
  return {
    personas: caches.get(watchedPersonas),
    workloads: watchedWorkloads.map((options) => caches.get(options)),
  };
}

/** Workloads of a namespace that can be claimed by this name; on which rung is another's question. */
export function findClaimed(
  { workloads }: OwnershipCaches,
  namespace: string,
  application: string,
): WatchedWorkload[] {
  return workloads.flatMap((cache) => cache.find(workloadIndices.claim, within(namespace, application)));
}

/** Workloads that this one's claimants have to be asked for beside their own: whose they are decides who is a rival. Almost always none. */
export function findClaimedByRivals(
  caches: OwnershipCaches,
  { namespace, contested }: WatchedWorkload,
): WatchedWorkload[] {
  return contested.flatMap((name) => findClaimed(caches, namespace, name));
}

/** Workloads that a persona of this name may be called a rival for, or not, by what else it has. Almost always none. */
export function findContested(
  { workloads }: OwnershipCaches,
  namespace: string,
  application: string,
): WatchedWorkload[] {
  return workloads.flatMap((cache) => cache.find(workloadIndices.contested, within(namespace, application)));
}

/** Personas that may claim the workload. */
export function findClaimants(
  { personas }: OwnershipCaches,
  { namespace, claims }: Pick<WatchedWorkload, 'namespace' | 'claims'>,
): WatchedPersona[] {
  return claims.flatMap((name) => personas.find(byApplication, within(namespace, name)));
}

/** `namespace/name`: the key of a persona. */
export function keyOf({ namespace, name }: Pick<WatchedPersona, 'namespace' | 'name'>): string {
  return within(namespace, name);
}
