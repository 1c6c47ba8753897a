// The caches that the controller of personas judges from.
import type { Cache } from '../../manager/cache.ts';
import type { CacheFactory } from '../../manager/controller-deps.ts';
import { getJudgementCaches, type JudgementCaches } from '../../watched/around.ts';
import { watchedPods, type WatchedPod } from '../../watched/pods.ts';

/** Everything that a status is made from. */
export interface PersonaCaches extends JudgementCaches {
  pods: Cache<WatchedPod>;
}

/** The caches, shared with whoever asks for them too. */
export function getPersonaCaches(caches: CacheFactory): PersonaCaches {
  return { ...getJudgementCaches(caches), pods: caches.get(watchedPods) };
}

/** As much of a cache as tells whether it holds all there is. */
export type Synced = Pick<Cache<unknown>, 'name' | 'isSynced'>;

/** How long a first list that fails is waited for: what may not be read degrades a verdict, and is no reason to have none. */
const patienceMs = 10_000;

/**
 * What has to be there before the first verdict. Personas are waited for as long as it takes; the rest until it is known to fail: then what
 * depends on it is left open.
 */
export function listPrerequisites(caches: PersonaCaches, now: () => number): Synced[] {
  const { personas, workloads, autoscalers, budgets, services, pods, namespaces, clusterPersonas } = caches;
  const rest = [...workloads, ...autoscalers, budgets, services, pods, namespaces, clusterPersonas];
  return [personas, ...rest.map((cache) => waitInVain(cache, now))];
}

function waitInVain(cache: Pick<Cache<unknown>, 'name' | 'isSynced' | 'health'>, now: () => number): Synced {
  let failsSince: number | undefined;
  return {
    name: cache.name,
    get isSynced() {
      if (cache.isSynced) return true;
      if (cache.health().failure === undefined) failsSince = undefined;
      else failsSince ??= now();
      return failsSince !== undefined && now() - failsSince > patienceMs;
    },
  };
}
