// Which workloads `recommend` is asked about, and what they belong to.
import { teamLabel } from '../../api/group-version.ts';
import { DorguError } from '../../api/errors.ts';
import { findNearest } from '../../api/nearest-word.ts';
import type { ApplicationPersona } from '../../api/personas.ts';
import { findOwners, listClaimableNames } from '../../workload/belongs-to.ts';
import type { Workload, WorkloadKind } from '../../workload/workload.ts';
import type { NamespaceView } from '../gather/namespace-view.ts';

/** The kinds that are advised on: what runs for as long as it is wanted, in pods that are alike. */
export const sizedKinds: ReadonlySet<WorkloadKind> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** A name on the command line: of a persona, of a workload, or of either. */
export type WantedName =
  { of: 'persona' | 'either'; name: string } | { of: 'workload'; name: string; kind: WorkloadKind };

/** A workload and the personas that it belongs to. */
export interface ChosenWorkload {
  view: NamespaceView;
  workload: Workload;
  personas: readonly ApplicationPersona[];
}

/** Workloads of the kinds that are advised on, by namespace, kind and name as they were read. */
export function listSizedWorkloads(views: Iterable<NamespaceView>): ChosenWorkload[] {
  return [...views].flatMap((view) => {
    const personasOf = Map.groupBy(view.personas, ({ spec }) => spec.name);
    const workloadsOf = indexByName(view.workloads);
    return view.workloads
      .filter(({ kind }) => sizedKinds.has(kind))
      .map((workload) => {
        const claimants = namesOf(workload).flatMap((name) => personasOf.get(name) ?? []);
        const others = claimants.flatMap(({ spec }) => workloadsOf.get(spec.name) ?? []);
        return { view, workload, personas: findOwners(workload, claimants, others) };
      });
  });
}

function indexByName(workloads: readonly Workload[]): Map<string, Workload[]> {
  const index = new Map<string, Workload[]>();
  for (const workload of workloads) {
    for (const name of namesOf(workload)) {
      const group = index.get(name);
      if (group === undefined) index.set(name, [workload]);
      else group.push(workload);
    }
  }
  return index;
}

const namesOf = (workload: Workload): string[] => [...new Set(listClaimableNames(workload).flat())];

/** Those of that name. @throws DorguError NotFound with the nearest names */
export function chooseByName(
  all: readonly ChosenWorkload[],
  wanted: WantedName,
  views: readonly NamespaceView[],
): ChosenWorkload[] {
  const chosen = all.filter((one) => isWanted(one, wanted));
  if (chosen.length > 0) return chosen;
  const personas = views.flatMap((view) => view.personas);
  const isPersona = personas.some(({ metadata }) => metadata.name === wanted.name);
  if (isPersona && wanted.of !== 'workload') return [];
  throw createNotFoundError(all, wanted, personas, views[0]?.namespace ?? '');
}

function isWanted({ workload, personas }: ChosenWorkload, wanted: WantedName): boolean {
  const isWorkload = workload.name === wanted.name;
  if (wanted.of === 'workload') return isWorkload && workload.kind === wanted.kind;
  const isPersona = personas.some(({ metadata }) => metadata.name === wanted.name);
  return isPersona || (wanted.of === 'either' && isWorkload);
}

function createNotFoundError(
  all: readonly ChosenWorkload[],
  wanted: WantedName,
  personas: readonly ApplicationPersona[],
  namespace: string,
): DorguError {
  const what = wanted.of === 'workload' ? wanted.kind.toLowerCase() : wanted.of;
  const kind = what === 'either' ? 'persona or workload' : what;
  const names = [
    ...(wanted.of === 'workload' ? [] : personas.map(({ metadata }) => metadata.name)),
    ...(wanted.of === 'persona' ? [] : all.map(({ workload }) => workload.name)),
  ];
  const near = findNearest(wanted.name, names);
  return new DorguError(
    'NotFound',
    `${kind} ${JSON.stringify(wanted.name)} was not found in namespace ${JSON.stringify(namespace)}`,
    {
      hint:
        near === undefined
          ? `kubectl get deployments,statefulsets,daemonsets -n ${namespace} shows what can be advised on`
          : `did you mean ${near}?`,
    },
  );
}

/** Who answers for it; undefined where nobody says. */
export function findTeam({ workload, personas }: ChosenWorkload): string | undefined {
  const named = personas
    .map(({ spec }) => spec.ownership?.team)
    .find((team) => team !== undefined && team !== '');
  return named ?? workload.labels.get(teamLabel);
}

/** Pods that it is to have now: a DaemonSet has one on each of its nodes. */
export function countReplicas({ kind, replicas, status }: Workload): number {
  const count = kind === 'DaemonSet' ? status['desiredNumberScheduled'] : (replicas ?? 1);
  return typeof count === 'number' && count > 0 ? count : 0;
}
