// Foretells every workload of a namespace; those of kinds that admission is not asked about are left out.
import type { ApplicationPersona } from '../../api/personas.ts';
import { admissionKinds, isAskedNamespace } from '../../rules/admission-scope.ts';
import { listClaimableNames } from '../../workload/belongs-to.ts';
import type { Workload } from '../../workload/workload.ts';
import type { NamespaceView } from '../gather/namespace-view.ts';
import { areSurroundingsSeen } from '../judge-persona.ts';
import { assessWorkload } from './assess-workload.ts';
import type { WorkloadImpact } from './foretold.ts';
import type { Supposition } from './supposition.ts';

/** What came of it. */
export interface NamespaceImpact {
  workloads: readonly WorkloadImpact[];
  /** Workloads that nobody will ever be asked about, because the webhook is kept away from the namespace. */
  unaskedCount: number;
}

/** Pure: those of the workloads that are meant, by kind as they were read. */
export function assessNamespace(
  view: NamespaceView,
  {
    isMeant,
    supposition,
    now,
  }: { isMeant: (workload: Workload) => boolean; supposition: Supposition; now: Date },
): NamespaceImpact {
  const meant = view.workloads.filter((workload) => admissionKinds.has(workload.kind) && isMeant(workload));
  if (!isAskedNamespace(view.namespace, view.labels)) return { workloads: [], unaskedCount: meant.length };
  const near = createLookup(view);
  const surroundings = areSurroundingsSeen(view) ? view.surroundings : undefined;
  return {
    workloads: meant.map((workload) =>
      assessWorkload(
        {
          workload,
          ...near(workload),
          surroundings,
          clusterPersona: view.clusterPersona,
          namespaceLabels: view.labels,
        },
        supposition,
        now,
      ),
    ),
    unaskedCount: 0,
  };
}

/** By name, so that thousands of personas and workloads are not compared each with each. */
function createLookup({ personas, workloads }: NamespaceView) {
  const personasOf = Map.groupBy(personas, ({ spec }) => spec.name);
  const workloadsOf = new Map<string, Workload[]>();
  for (const workload of workloads) {
    for (const name of namesOf(workload)) {
      const group = workloadsOf.get(name);
      if (group === undefined) workloadsOf.set(name, [workload]);
      else group.push(workload);
    }
  }
  return (workload: Workload): { personas: ApplicationPersona[]; workloads: Workload[] } => {
    const claimants = namesOf(workload).flatMap((name) => personasOf.get(name) ?? []);
    const applications = new Set(claimants.map(({ spec }) => spec.name));
    return {
      personas: claimants,
      workloads: [...applications].flatMap((name) => workloadsOf.get(name) ?? []),
    };
  };
}

function namesOf(workload: Workload): string[] {
  return [...new Set(listClaimableNames(workload).flat())];
}
