// What rules look at around a workload, found in the caches: its namespace's labels, the ClusterPersona that counts, what scales, protects and leads to it.
import type { ClusterPersona } from '../../src/api/personas.ts';
import { compareText } from '../../src/api/compare-text.ts';
import { settleForAll } from '../../src/rules/settle-input.ts';
import { chooseClusterPersona } from '../../src/status/cluster/choose-persona.ts';
import type { Claimant } from '../../src/workload/belongs-to.ts';
import { readTextMap } from '../../src/workload/text-map.ts';
import type { Surroundings } from '../../src/workload/surroundings.ts';
import type { TextMap, Workload } from '../../src/workload/workload.ts';
import type { Cache } from '../manager/cache.ts';
import type { CacheFactory } from '../manager/controller-deps.ts';
import { clusterPersonaCache } from './cluster-personas.ts';
import { getOwnershipCaches, type OwnershipCaches } from './ownership.ts';
import type { WatchedPersona } from './personas.ts';
import {
  bySelected,
  byTarget,
  openAutoscaler,
  openBudget,
  openService,
  watchedAutoscalers,
  watchedBudgets,
  watchedNamespaces,
  watchedServices,
  type WatchedAutoscaler,
  type WatchedSelector,
} from './surroundings.ts';
import { unpack, within, type Watched } from './watched.ts';
import { workloadIndices } from './workloads.ts';

/** Everything that findings are made from. */
export interface JudgementCaches extends OwnershipCaches {
  autoscalers: readonly Cache<WatchedAutoscaler>[];
  budgets: Cache<WatchedSelector>;
  services: Cache<WatchedSelector>;
  namespaces: Cache<Watched>;
  clusterPersonas: Cache<ClusterPersona>;
}

/** The caches, shared with whoever asks for them too. */
export function getJudgementCaches(caches: CacheFactory): JudgementCaches {
  return {
    ...getOwnershipCaches(caches),
    autoscalers: watchedAutoscalers.map((options) => caches.get(options)),
    budgets: caches.get(watchedBudgets),
    services: caches.get(watchedServices),
    namespaces: caches.get(watchedNamespaces),
    clusterPersonas: caches.get(clusterPersonaCache),
  };
}

/** A persona as far as matching is concerned. */
export function toClaimant({ namespace, name, application }: WatchedPersona): Claimant {
  return { metadata: { namespace, name }, spec: { name: application } };
}

/** Labels of a namespace; empty where it is not known. */
export function readLabels({ namespaces }: Pick<JudgementCaches, 'namespaces'>, name: string): TextMap {
  const namespace = namespaces.get(name);
  return namespace === undefined ? noLabels : openLabels(namespace);
}

/** Of a namespace that is not known. */
export const noLabels: TextMap = new Map<string, string>();

/** Labels of a namespace. */
export function openLabels(namespace: Watched): TextMap {
  return readTextMap(unpack(namespace));
}

/** The one that counts, settled: the same object as long as it stays as it is. */
export function findClusterPersona({
  clusterPersonas,
}: Pick<JudgementCaches, 'clusterPersonas'>): ClusterPersona | undefined {
  const chosen = chooseClusterPersona([...clusterPersonas.objects.values()]);
  return chosen && settleForAll(chosen);
}

/** How what is around workloads is unpacked: who asks again and again keeps it. */
export interface Openers {
  openAutoscaler: typeof openAutoscaler;
  openBudget: typeof openBudget;
  openService: typeof openService;
}

/** What is around workloads; undefined where not all of it is known. `names` are those of applications, because autoscalers may be called like them. */
export function gatherSurroundings(
  caches: Omit<JudgementCaches, 'personas' | 'namespaces' | 'clusterPersonas'>,
  { namespace, names: applications }: { namespace: string; names: readonly string[] },
  workloads: readonly Workload[],
  open: Openers = { openAutoscaler, openBudget, openService },
): Surroundings | undefined {
  const { autoscalers, budgets, services } = caches;
  if (![...autoscalers, budgets, services].every(({ isSynced }) => isSynced)) return undefined;
  const names = new Set([...applications, ...workloads.map(({ name }) => name)]);
  const scaling = [...names].flatMap((name) =>
    autoscalers.flatMap((cache) => cache.find(byTarget, within(namespace, name))),
  );
  const found = unique(scaling);
  return {
    autoscalers: found.flatMap((one) => open.openAutoscaler(one) ?? []),
    disruptionBudgets: findSelecting(budgets, namespace, workloads).flatMap(
      (one) => open.openBudget(one) ?? [],
    ),
    services: findSelecting(services, namespace, workloads).flatMap((one) => open.openService(one) ?? []),
    workloads: found.flatMap(({ target }) => findNamed(caches, namespace, target)),
  };
}

/** What may select a pod of these workloads. By name, because the order of an index is none. */
function findSelecting(
  cache: Cache<WatchedSelector>,
  namespace: string,
  workloads: readonly Workload[],
): WatchedSelector[] {
  if (cache.objects.size === 0) return [];
  const labels = workloads.flatMap(({ pod }) => [...pod.labels].map(([key, value]) => `${key}=${value}`));
  return unique(
    ['', ...new Set(labels)].flatMap((label) => cache.find(bySelected, within(namespace, label))),
  );
}

/** Workloads of this very name: an autoscaler's target that is there. */
function findNamed(
  { workloads }: Pick<JudgementCaches, 'workloads'>,
  namespace: string,
  name: string,
): { kind: string; name: string }[] {
  return workloads
    .flatMap((cache) => cache.find(workloadIndices.claim, within(namespace, name)))
    .filter((workload) => workload.name === name)
    .map(({ kind }) => ({ kind, name }));
}

/** Each once, in an order of their own, because that of an index is none. */
export function unique<T extends { name: string; text: string }>(objects: readonly T[]): T[] {
  const sorted = [...new Set(objects)];
  return sorted.length < 2
    ? sorted
    : sorted.sort((left, right) => compareText(left.name, right.name) || compareText(left.text, right.text));
}
