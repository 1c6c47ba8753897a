// Which change makes which personas worth another look.
import type { Change } from '../../../src/kube/watch/reflector.ts';
import { findClusterPersona } from '../../watched/around.ts';
import { findClaimants, findClaimed, findContested, keyOf } from '../../watched/ownership.ts';
import { byApplication, isSamePersona, type WatchedPersona } from '../../watched/personas.ts';
import type { WatchedPod } from '../../watched/pods.ts';
import type { WatchedAutoscaler, WatchedSelector } from '../../watched/surroundings.ts';
import { holdsField } from '../../watched/short-text.ts';
import { within, type Watched } from '../../watched/watched.ts';
import { workloadIndices, type WatchedWorkload } from '../../watched/workloads.ts';
import type { PersonaCaches } from './caches.ts';

/** What becomes of the keys. */
export interface Waking {
  /** Looked at as soon as it can be. */
  wake: (key: string) => void;
  /** All of them, in a while, one after the other. */
  wakeAll: () => void;
  /** The persona is gone. */
  forget: (key: string) => void;
  /** Whether the change is only our own write coming back. */
  isOwnWrite: (key: string, persona: WatchedPersona, previous: WatchedPersona) => boolean;
}

/** Adds the listeners; to be called before the caches start. */
export function wakeOnChanges(caches: PersonaCaches, waking: Waking): void {
  const wakeOwners = (workload: Pick<WatchedWorkload, 'namespace' | 'claims'>) => {
    for (const persona of findClaimants(caches, workload)) waking.wake(keyOf(persona));
  };
  // Where a persona finds a workload that matches it better it is no rival for others any more.
  const wakeRivals = ({ namespace, claims }: WatchedWorkload) => {
    for (const name of claims) findContested(caches, namespace, name).forEach(wakeOwners);
  };
  caches.personas.onChange((change) => wakePersona(caches, change, waking));
  // Those that it belonged to before, and those that it belongs to now.
  for (const cache of caches.workloads)
    cache.onChange((change) => {
      const sides = sidesOf(change);
      sides.forEach(wakeOwners);
      sides.forEach(wakeRivals);
    });
  for (const cache of caches.autoscalers)
    cache.onChange((change) =>
      sidesOf(change).forEach((autoscaler) => wakeScaled(caches, autoscaler, waking)),
    );
  for (const cache of [caches.budgets, caches.services])
    cache.onChange((change) => {
      // A first list is a question for each workload, and nobody has been judged without it.
      if (!cache.isSynced) return;
      for (const selector of sidesOf(change)) findSelected(caches, selector).forEach(wakeOwners);
    });
  caches.pods.onChange((change) =>
    sidesOf(change).forEach((pod) => findOfPod(caches, pod).forEach(wakeOwners)),
  );
  caches.namespaces.onChange((change) =>
    sidesOf(change).forEach(({ name }) => wakeNamespace(caches, name, waking)),
  );
  wakeAllByClusterPersona(caches, waking);
}

/** The object before and after; neither where nothing that is kept of it has changed. */
function sidesOf<T extends Watched>(change: Change<T>): T[] {
  if (change.type === 'added') return [change.value];
  if (change.type === 'deleted') return [change.previous];
  return change.value.text === change.previous.text ? [] : [change.previous, change.value];
}

function wakePersona(caches: PersonaCaches, change: Change<WatchedPersona>, waking: Waking): void {
  if (change.type === 'deleted') waking.forget(change.key);
  else if (change.type === 'added') waking.wake(change.key);
  else if (
    !waking.isOwnWrite(change.key, change.value, change.previous) &&
    !isSamePersona(change.value, change.previous)
  )
    // prettier-ignore
    waking.wake(change.key);
  // Before the first list is in nobody has been judged yet.
  if (!caches.personas.isSynced) return;
  for (const side of renamedSidesOf(change))
    for (const rival of findRivalsOf(caches, side)) {
      const key = keyOf(rival);
      if (key !== change.key) waking.wake(key);
    }
}

/** The persona before and after, where that makes a difference to others. */
function renamedSidesOf(change: Change<WatchedPersona>): WatchedPersona[] {
  if (change.type === 'added') return [change.value];
  if (change.type === 'deleted') return [change.previous];
  const { value, previous } = change;
  return value.application === previous.application ? [] : [previous, value];
}

/** Others that may want what this one wants. */
function findRivalsOf(caches: PersonaCaches, { namespace, application }: WatchedPersona): WatchedPersona[] {
  return [
    ...caches.personas.find(byApplication, within(namespace, application)),
    ...findClaimed(caches, namespace, application).flatMap((workload) => findClaimants(caches, workload)),
  ];
}

/** Whoever is called like it or like its target: a slip in its target is a finding of those. */
function wakeScaled(
  caches: PersonaCaches,
  { namespace, name, target }: WatchedAutoscaler,
  { wake }: Waking,
): void {
  for (const called of new Set([name, target]))
    for (const claims of [
      [called],
      ...findClaimed(caches, namespace, called).map((workload) => workload.claims),
    ])
      for (const persona of findClaimants(caches, { namespace, claims })) wake(keyOf(persona));
}

/** Workloads that bear the label in question anywhere: too many do no harm, and none has to be read for it. */
function findSelected({ workloads }: PersonaCaches, selector: WatchedSelector): WatchedWorkload[] {
  const { namespace, selected } = selector;
  const equals = selected.indexOf('=');
  const pair = `${JSON.stringify(selected.slice(0, equals))}:${JSON.stringify(selected.slice(equals + 1))}`;
  return workloads.flatMap((cache) =>
    cache.isSynced
      ? [...cache.objects.values()].filter(
          (workload) =>
            workload.namespace === namespace &&
            (selected === '' || holdsField(workload.text, pair, workload)),
        )
      : [],
  );
}

function findOfPod({ workloads }: PersonaCaches, { namespace, labels, cronJob }: WatchedPod) {
  return workloads.flatMap((cache) => [
    ...['', ...labels].flatMap((label) => cache.find(workloadIndices.selected, within(namespace, label))),
    ...(cronJob === '' ? [] : cache.find(workloadIndices.claim, within(namespace, cronJob))),
  ]);
}

function wakeNamespace({ personas }: PersonaCaches, name: string, { wake }: Waking): void {
  for (const [key, { namespace }] of personas.objects) if (namespace === name) wake(key);
}

/** Only what the one that counts says matters, and only once it says something else. */
function wakeAllByClusterPersona(caches: PersonaCaches, { wakeAll }: Waking): void {
  let before: string | undefined;
  caches.clusterPersonas.onChange(() => {
    const spec = JSON.stringify(findClusterPersona(caches)?.spec);
    if (spec !== before && caches.personas.isSynced) wakeAll();
    before = spec;
  });
}
