// Which workloads belong to a persona, and which personas claim a workload: one order of rungs, first match wins.
import { compareText } from '../api/compare-text.ts';
import { fieldAt, textOf } from '../api/foreign-fields.ts';
import { workloadKinds, type Workload, type WorkloadKind } from './workload.ts';

/** The rungs, strongest first. A label is looked up on the object and, only where it is missing there, on the pod template. */
export const rungs = ['label app.kubernetes.io/name', 'label app', 'name', 'selector'] as const;

/** A persona as far as this is concerned. */
export interface Claimant {
  metadata: { name: string; namespace?: string };
  spec: { name: string };
}

/** The names (`spec.name`) by which a persona can claim the workload, by rung. For an index: look them up in this order, stop at the first rung that has a persona. */
export function listClaimableNames(workload: Workload): readonly (readonly string[])[] {
  return namesOnRungs.map((namesOf) =>
    namesOf(workload).filter((name): name is string => name !== undefined && name !== ''),
  );
}

/** What workloads are called, rung by rung; empty and undefined names claim nothing. */
const namesOnRungs: readonly ((workload: Workload) => readonly (string | undefined)[])[] = [
  (workload) => [findLabel(workload, 'app.kubernetes.io/name')],
  (workload) => [findLabel(workload, 'app')],
  ({ name }) => [name],
  ({ selector }) => [selector?.matchLabels.get('app.kubernetes.io/name'), selector?.matchLabels.get('app')],
];

function findLabel({ labels, pod }: Workload, key: string): string | undefined {
  return labels.get(key) ?? pod.labels.get(key);
}

/** The strongest rung on which the persona claims the workload, 0 first; undefined where it does not. An object without a namespace (a file) is in every one. */
export function findRung(persona: Claimant, workload: Workload): number | undefined {
  const namespace = textOf(fieldAt(persona, 'metadata', 'namespace'));
  if (namespace !== '' && workload.namespace !== '' && namespace !== workload.namespace) return undefined;
  const name = textOf(fieldAt(persona, 'spec', 'name'));
  if (name === '') return undefined;
  const rung = namesOnRungs.findIndex((namesOf) => namesOf(workload).includes(name));
  return rung < 0 ? undefined : rung;
}

/** The persona's workloads: all that match on its first rung with a match, by kind and name. What a workload has made itself (ReplicaSets, Jobs, Pods) is left out. */
export function findWorkloads(persona: Claimant, workloads: readonly Workload[]): Workload[] {
  const claims = workloads
    .filter((workload) => !isMadeByWorkload(workload))
    .map((workload) => ({ workload, rung: findRung(persona, workload) ?? rungs.length }));
  const best = leastRung(claims);
  if (best === rungs.length) return [];
  return claims
    .filter(({ rung }) => rung === best)
    .map(({ workload }) => workload)
    .sort(
      (left, right) =>
        workloadKinds.indexOf(left.kind) - workloadKinds.indexOf(right.kind) ||
        compareText(left.name, right.name) ||
        compareText(left.namespace, right.namespace),
    );
}

/** The personas that claim the workload on the strongest rung that any of them has, by name; more than one is an ambiguity that has to be said. */
export function findPersonas<P extends Claimant>(workload: Workload, personas: readonly P[]): P[] {
  const claims = personas.map((persona) => ({ persona, rung: findRung(persona, workload) ?? rungs.length }));
  const best = leastRung(claims);
  if (best === rungs.length) return [];
  return claims
    .filter(({ rung }) => rung === best)
    .map(({ persona }) => persona)
    .sort((left, right) => compareText(left.metadata.name, right.metadata.name));
}

/**
 * The personas whose workload this is, by name: those that claim it while no other workload of theirs matches on a stronger rung (`findWorkloads`, asked
 * of one workload). `others` are the namespace's workloads as far as these personas can claim them; the workload may be among them as it was before.
 */
export function findOwners<P extends Claimant>(
  workload: Workload,
  personas: readonly P[],
  others: readonly Workload[],
): P[] {
  if (isMadeByWorkload(workload)) return [];
  const rivals = others.filter((other) => !isSameObject(other, workload) && !isMadeByWorkload(other));
  return personas
    .filter((persona) => {
      const rung = findRung(persona, workload);
      if (rung === undefined) return false;
      return !rivals.some((other) => (findRung(persona, other) ?? rungs.length) < rung);
    })
    .sort((left, right) => compareText(left.metadata.name, right.metadata.name));
}

function isSameObject(one: Workload, other: Workload): boolean {
  return one.kind === other.kind && one.name === other.name && one.namespace === other.namespace;
}

/**
 * Names of the other personas whose workload this is as well ({@link findOwners}), on the same rung as this one's, each once, sorted: `RuleInput.rivals`.
 * `others` are the namespace's workloads as far as these personas can claim them.
 */
export function findRivals(
  persona: Claimant,
  workload: Workload,
  personas: readonly Claimant[],
  others: readonly Workload[],
): string[] {
  const rung = findRung(persona, workload);
  if (rung === undefined) return [];
  // By name: who looks personas up by several workloads meets some of them several times.
  const alike = new Map<string, Claimant>();
  for (const other of personas) {
    const { name } = other.metadata;
    if (name !== persona.metadata.name && findRung(other, workload) === rung) alike.set(name, other);
  }
  return findOwners(workload, [...alike.values()], others).map(({ metadata }) => metadata.name);
}

/**
 * Names that claim the workload on a rung where another name does, too: whether their personas are rivals depends on other workloads of these. The
 * selector alone has two labels on one rung; almost always none.
 */
export function listContestedNames(workload: Workload): string[] {
  const stronger = new Set<string>();
  return listClaimableNames(workload).flatMap((names) => {
    const own = new Set(names.filter((name) => !stronger.has(name)));
    for (const name of names) stronger.add(name);
    return own.size > 1 ? [...own] : [];
  });
}

function leastRung(claims: readonly { rung: number }[]): number {
  return claims.reduce<number>((least, { rung }) => Math.min(least, rung), rungs.length);
}

/** Kinds that other workloads make. A Deployment that names a workload as its owner would only like to be overlooked. */
const madeKinds: ReadonlySet<WorkloadKind> = new Set(['ReplicaSet', 'Job', 'Pod']);

/** Whether another workload made this one: it is judged there. */
export function isMadeByWorkload(workload: Workload): boolean {
  if (!madeKinds.has(workload.kind)) return false;
  return workload.ownerReferences.some(
    ({ controller, kind }) => controller && workloadKinds.some((known) => known === kind),
  );
}
