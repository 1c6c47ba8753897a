// Reads everything that judging one persona needs, from the caches alone.
import type { ClusterPersona } from '../../../src/api/personas.ts';
import { compareText } from '../../../src/api/compare-text.ts';
import { settleClusterPersona } from '../../../src/rules/settle-input.ts';
import { chooseClusterPersona } from '../../../src/status/cluster/choose-persona.ts';
import type { ApplicationFacts } from '../../../src/status/decide-application.ts';
import { findWorkloads, type Claimant } from '../../../src/workload/belongs-to.ts';
import { readTextMap } from '../../../src/workload/text-map.ts';
import type { Surroundings } from '../../../src/workload/surroundings.ts';
import type { TextMap, Workload } from '../../../src/workload/workload.ts';
import type { Cache } from '../../manager/cache.ts';
import { findClaimants, findClaimed } from '../../watched/ownership.ts';
import { openPersona, type WatchedPersona } from '../../watched/personas.ts';
import { byLabel, ofCronJob, type WatchedPod } from '../../watched/pods.ts';
import {
  bySelected,
  byTarget,
  openAutoscaler,
  openBudget,
  openService,
  type WatchedSelector,
} from '../../watched/surroundings.ts';
import { unpack, within } from '../../watched/watched.ts';
import { openWorkload, workloadIndices, type WatchedWorkload } from '../../watched/workloads.ts';
import type { PersonaCaches } from './caches.ts';

/** What was found; undefined facts where a verdict would be wrong: the persona's workload may be one that cannot be listed. */
export type Gathered = Omit<ApplicationFacts, 'seen' | 'now'> | undefined;

/** Pods of one workload that are looked at, first by name: more say nothing new. */
const maxPods = 500;

/** Gathers for a persona of the cache. Never throws, never asks the server. */
export function gatherPersona(caches: PersonaCaches, watched: WatchedPersona): Gathered {
  const persona = openPersona(watched);
  const claimed = findClaimed(caches, watched.namespace, watched.application);
  const workloads = claimed.flatMap((workload) => openWorkload(workload) ?? []);
  const owned = findWorkloads(persona, workloads);
  if (owned.length === 0 && !caches.workloads.every(({ isSynced }) => isSynced)) return undefined;
  return {
    persona,
    around: {
      labels: readLabels(caches, watched.namespace),
      personas: claimed.flatMap((workload) => findClaimants(caches, workload)).map(toClaimant),
      workloads,
      surroundings: gatherSurroundings(caches, watched, owned),
      clusterPersona: findClusterPersona(caches),
    },
    pods: owned.flatMap((workload) => gatherPods(caches, watched.namespace, workload, claimed)),
  };
}

function toClaimant({ namespace, name, application }: WatchedPersona): Claimant {
  return { metadata: { namespace, name }, spec: { name: application } };
}

function readLabels({ namespaces }: PersonaCaches, name: string): TextMap {
  const namespace = namespaces.get(name);
  return namespace === undefined ? new Map<string, string>() : readTextMap(unpack(namespace));
}

// Settled once for all the personas that it is asked for.
const settled = new WeakMap<ClusterPersona, ClusterPersona>();

/** The one that counts, settled: the same object as long as it stays as it is. */
export function findClusterPersona({
  clusterPersonas,
}: Pick<PersonaCaches, 'clusterPersonas'>): ClusterPersona | undefined {
  const chosen = chooseClusterPersona([...clusterPersonas.objects.values()]);
  if (chosen === undefined) return undefined;
  const persona = settled.get(chosen) ?? settleClusterPersona(chosen);
  settled.set(chosen, persona);
  return persona;
}

function gatherSurroundings(
  caches: PersonaCaches,
  { namespace, application }: WatchedPersona,
  workloads: readonly Workload[],
): Surroundings | undefined {
  const { autoscalers, budgets, services } = caches;
  if (![...autoscalers, budgets, services].every(({ isSynced }) => isSynced)) return undefined;
  const names = new Set([application, ...workloads.map(({ name }) => name)]);
  const scaling = [...names].flatMap((name) =>
    autoscalers.flatMap((cache) => cache.find(byTarget, within(namespace, name))),
  );
  const found = unique(scaling);
  return {
    autoscalers: found.flatMap((one) => openAutoscaler(one) ?? []),
    disruptionBudgets: findSelecting(budgets, namespace, workloads).flatMap((one) => openBudget(one) ?? []),
    services: findSelecting(services, namespace, workloads).flatMap((one) => openService(one) ?? []),
    workloads: found.flatMap(({ target }) => findNamed(caches, namespace, target)),
  };
}

/** What may select a pod of these workloads. By name, because the order of an index is none. */
function findSelecting(
  cache: Cache<WatchedSelector>,
  namespace: string,
  workloads: readonly Workload[],
): WatchedSelector[] {
  const labels = workloads.flatMap(({ pod }) => [...pod.labels].map(([key, value]) => `${key}=${value}`));
  return unique(
    ['', ...new Set(labels)].flatMap((label) => cache.find(bySelected, within(namespace, label))),
  );
}

/** Workloads of this very name: an autoscaler's target that is there. */
function findNamed(
  { workloads }: PersonaCaches,
  namespace: string,
  name: string,
): { kind: string; name: string }[] {
  return workloads
    .flatMap((cache) => cache.find(workloadIndices.claim, within(namespace, name)))
    .filter((workload) => workload.name === name)
    .map(({ kind }) => ({ kind, name }));
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

function unique<T extends { name: string; text: string }>(objects: readonly T[]): T[] {
  const sorted = [...new Set(objects)];
  return sorted.length < 2
    ? sorted
    : sorted.sort((left, right) => compareText(left.name, right.name) || compareText(left.text, right.text));
}
