// Which workloads of files belong to which personas, by the rungs that the cluster uses.
import type { EffectiveApplicationPersona } from '../api/personas.ts';
import { findRivals, findWorkloads, listClaimableNames } from '../workload/belongs-to.ts';
import type { Workload } from '../workload/workload.ts';
import type { FilePersona } from './read-personas.ts';
import type { FileWorkload } from './sort-manifests.ts';

type Persona = FilePersona<EffectiveApplicationPersona>;

/** One persona with one of its workloads. */
export interface Pair extends FileWorkload {
  persona: Persona;
  /** Names of other personas that claim the workload by the same rung. */
  rivals: string[];
}

/** Pairs, and those that found nobody. */
export interface Pairing {
  pairs: Pair[];
  lonelyWorkloads: FileWorkload[];
  lonelyPersonas: Persona[];
}

/** Pairs them, in the order of the workloads. */
export function pairPersonas(personas: readonly Persona[], workloads: readonly FileWorkload[]): Pairing {
  const byName = groupByClaimableName(workloads);
  const claims = new Map<FileWorkload, Persona[]>();
  const lonelyPersonas: Persona[] = [];
  for (const persona of personas) {
    const candidates = byName.get(persona.persona.spec.name) ?? new Map<Workload, FileWorkload>();
    const found = findWorkloads(persona.persona, [...candidates.keys()]);
    if (found.length === 0) lonelyPersonas.push(persona);
    for (const workload of found) {
      const claimed = candidates.get(workload);
      if (claimed !== undefined) claims.set(claimed, [...(claims.get(claimed) ?? []), persona]);
    }
  }
  const pairs = workloads.flatMap((workload) => {
    const claimants = claims.get(workload) ?? [];
    const everyone = claimants.map(({ persona }) => persona);
    const theirs = everyone.flatMap(({ spec }) => [...(byName.get(spec.name)?.keys() ?? [])]);
    return claimants.map((persona) => ({
      ...workload,
      persona,
      rivals: findRivals(persona.persona, workload.workload, everyone, theirs),
    }));
  });
  return { pairs, lonelyWorkloads: workloads.filter((workload) => !claims.has(workload)), lonelyPersonas };
}

/** An index, so that thousands of personas and workloads are not compared each with each. */
function groupByClaimableName(workloads: readonly FileWorkload[]): Map<string, Map<Workload, FileWorkload>> {
  const byName = new Map<string, Map<Workload, FileWorkload>>();
  for (const entry of workloads) {
    for (const name of new Set(listClaimableNames(entry.workload).flat())) {
      const group = byName.get(name) ?? new Map<Workload, FileWorkload>();
      byName.set(name, group.set(entry.workload, entry));
    }
  }
  return byName;
}
