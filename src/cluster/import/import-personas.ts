// Makes personas of the workloads that are meant, namespace by namespace, and says which workloads get none.
import { adoptNamespace, type Adoption } from '../../adoption/adopt.ts';
import { isAdopted } from '../../adoption/claim-names.ts';
import type { NamespaceSnapshot } from '../../adoption/namespace-snapshot.ts';
import { applyApplicationPersonaDefaults } from '../../api/defaults.ts';
import type { ApplicationPersona } from '../../api/personas.ts';
import type { KubeClient } from '../../kube/client.ts';
import { judge } from '../../rules/judge.ts';
import type { Workload } from '../../workload/workload.ts';
import type { Unseen } from '../gather/part.ts';
import { findClaimant, isImported, type ExistingPersonas } from './existing-personas.ts';
import { readNamespaces } from './read-namespaces.ts';
import { createNoWorkloadError, findSelected, isNamed, type WorkloadName } from './selection.ts';

/** Namespaces of Kubernetes and of our operator: nobody's applications. */
export const systemNamespaces: ReadonlySet<string> = new Set([
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'dorgu-system',
]);

/** What to import. */
export interface ImportOptions {
  /** All of them where it is left out. */
  namespace?: string | undefined;
  /** One workload of the namespace. */
  name?: WorkloadName | undefined;
  labelSelector?: string | undefined;
  hasSystemNamespaces?: boolean;
  /** Personas that are in the cluster already: they are not replaced unless they were imported, and nothing that they claim is claimed twice. */
  existing?: ExistingPersonas | undefined;
  /** Replaces personas that others wrote. */
  force?: boolean;
  /** The clock of the rules. */
  now: Date;
  signal?: AbortSignal | undefined;
  onProgress?: (count: number) => void;
}

/** A persona and what it was made of. */
export interface ImportedPersona {
  persona: ApplicationPersona;
  /** `Deployment/shop` */
  sources: readonly string[];
  /** What was left out and why; foreign text is in it. */
  notes: readonly string[];
  /** Errors that the rules find whatever a persona says: a password in the open, two autoscalers. `secrets/env: container db: …` */
  ownErrors: readonly string[];
}

/** A workload that gets no persona now. */
export interface LeftAlone {
  namespace: string;
  /** `Deployment/shop` */
  source: string;
  reason: string;
  hint: string | undefined;
}

/** What came of it, by namespace and name. */
export interface Imported {
  personas: readonly ImportedPersona[];
  leftAlone: readonly LeftAlone[];
  unseen: readonly Unseen[];
}

/** @throws KubeError where no kind of workload can be listed; DorguError NotFound, NotImported for a name */
export async function importPersonas(client: KubeClient, options: ImportOptions): Promise<Imported> {
  const { namespace, name, labelSelector, signal } = options;
  const [{ namespaces, unseen }, selected] = await Promise.all([
    readNamespaces(client, options),
    labelSelector === undefined ? undefined : findSelected(client, labelSelector, { namespace, signal }),
  ]);
  const isWanted = createFilter(name, selected);
  const personas: ImportedPersona[] = [];
  const leftAlone: LeftAlone[] = [];
  let others: readonly Workload[] = [];
  for (const snapshot of namespaces()) {
    if (isSkipped(snapshot.name, options)) continue;
    const made = importNamespace(snapshot, isWanted, options);
    personas.push(...made.personas);
    leftAlone.push(...made.leftAlone);
    if (name !== undefined) others = snapshot.workloads;
  }
  if (name !== undefined && personas.length + leftAlone.length === 0)
    throw createNoWorkloadError(name, namespace ?? '', others);
  return { personas, leftAlone, unseen };
}

function isSkipped(name: string, { namespace, hasSystemNamespaces = false }: ImportOptions): boolean {
  return namespace === undefined && !hasSystemNamespaces && systemNamespaces.has(name);
}

function createFilter(name: WorkloadName | undefined, selected: ReadonlySet<string> | undefined) {
  return (workload: Workload) =>
    (name === undefined || isNamed(workload, name)) &&
    (selected === undefined || selected.has(workload.uid ?? ''));
}

function importNamespace(
  snapshot: NamespaceSnapshot,
  isWanted: (workload: Workload) => boolean,
  { existing, force = false, now }: ImportOptions,
): Pick<Imported, 'personas' | 'leftAlone'> {
  const { adoptions, unclaimed } = adoptNamespace(snapshot, isWanted);
  const leftAlone: LeftAlone[] = unclaimed.map(({ workload, reason, hint }) => ({
    namespace: snapshot.name,
    source: sourceOf(workload),
    reason,
    hint,
  }));
  const personas: ImportedPersona[] = [];
  for (const adoption of adoptions) {
    const { persona, notes, sources } = adoption;
    const reason = existing === undefined ? undefined : findObstacle(adoption, existing, force);
    if (reason === undefined)
      personas.push({ persona, sources, notes, ownErrors: findOwnErrors(adoption, snapshot, now) });
    else leftAlone.push({ namespace: snapshot.name, source: sources.join(', '), ...reason });
  }
  return { personas, leftAlone };
}

/** The persona says what runs, so an error is none of its making. Another persona's rules and the cluster's are not asked. */
function findOwnErrors(
  { persona, workloads }: Adoption,
  { surroundings }: NamespaceSnapshot,
  now: Date,
): string[] {
  const input = {
    persona: applyApplicationPersonaDefaults(persona),
    surroundings,
    clusterPersona: undefined,
    namespaceLabels: new Map<string, string>(),
    rivals: [],
    source: 'cluster' as const,
  };
  return workloads
    .flatMap((workload) => judge({ ...input, workload }, now))
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, message }) => `${rule}: ${message}`);
}

function findObstacle(
  { persona, workloads, sources }: Adoption,
  existing: ExistingPersonas,
  force: boolean,
): Pick<LeftAlone, 'reason' | 'hint'> | undefined {
  const { name, namespace = '' } = persona.metadata;
  const same = existing.find(namespace, name);
  if (same !== undefined && !isImported(same) && !force)
    return {
      reason: `persona ${name} is there already, and was not imported`,
      hint: `kubectl dorgu persona import ${sources[0] ?? name} -n ${namespace} --apply --force-conflicts replaces it`,
    };
  const claimant = workloads
    .filter(isAdopted)
    .map((workload) => findClaimant(workload, persona, existing.list(namespace)))
    .find((other) => other !== undefined);
  if (claimant === undefined) return undefined;
  return { reason: `persona ${claimant} claims it already`, hint: undefined };
}

function sourceOf({ kind, name }: Workload): string {
  return `${kind}/${name}`;
}
