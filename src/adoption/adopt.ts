// Personas for the workloads of a namespace: what they are found by, what they say, and what they leave out.
import { apiVersion, applicationPersonaKind, nameLabel } from '../api/group-version.ts';
import type { ApplicationPersona } from '../api/personas.ts';
import type { Workload } from '../workload/workload.ts';
import { claimNames, isAdopted, type Claim, type Unclaimed } from './claim-names.ts';
import { describeWorkload } from './describe-workload.ts';
import { fitPersona } from './fit-persona.ts';
import { mergeSpecs, type Member } from './merge-specs.ts';
import type { NamespaceSnapshot } from './namespace-snapshot.ts';

/** Annotation that names the workloads that a persona was made from: `Deployment/shop`. */
export const importedFromAnnotation = 'dorgu.io/imported-from';

/** What no workload tells, whatever it is. */
export const neverKnown = 'technical, dependencies, and the tier where no label says it';

/** A persona made from what runs. */
export interface Adoption {
  persona: ApplicationPersona;
  /** The workloads that it claims, one nearly always. */
  workloads: readonly Workload[];
  /** Those that it was made from, Jobs of the same name left out: `Deployment/shop`. */
  sources: readonly string[];
  /** What was left out and why, a phrase each; foreign text is in it. */
  notes: readonly string[];
}

/** Personas by name, and the wanted workloads that got none. */
export interface Adoptions {
  adoptions: readonly Adoption[];
  unclaimed: readonly Unclaimed[];
}

/** Makes a persona for each wanted workload. Names depend on the whole namespace, never on what is wanted. */
export function adoptNamespace(
  snapshot: NamespaceSnapshot,
  isWanted: (workload: Workload) => boolean = () => true,
): Adoptions {
  const { claims, unclaimed } = claimNames(snapshot.workloads);
  return {
    adoptions: claims
      .filter(({ workloads }) => workloads.some(isWanted))
      .map((claim) => adopt(claim, snapshot)),
    unclaimed: unclaimed.filter(({ workload }) => isWanted(workload)),
  };
}

function adopt({ name, workloads }: Claim, snapshot: NamespaceSnapshot): Adoption {
  const members = workloads.map((workload): Member => ({
    workload,
    ...describeWorkload(workload, name, snapshot),
  }));
  const [first, ...others] = members;
  if (first === undefined) throw new Error(`the claim ${name} has no workload`);
  const { spec, notes } = mergeSpecs([first, ...others]);
  const fitted = fitPersona({
    apiVersion,
    kind: applicationPersonaKind,
    metadata: {
      name,
      namespace: snapshot.name,
      labels: { [nameLabel]: name },
      annotations: {
        [importedFromAnnotation]: listSources(workloads).join(','),
      },
    },
    spec,
  });
  return {
    persona: fitted.persona,
    workloads,
    sources: listSources(workloads),
    notes: [...notes, ...fitted.notes],
  };
}

function listSources(workloads: readonly Workload[]): string[] {
  return workloads.filter(isAdopted).map(({ kind, name }) => `${kind}/${name}`);
}
