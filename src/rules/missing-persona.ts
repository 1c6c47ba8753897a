// The finding that a workload has no persona where the cluster asks for one: the same for files, admission and what it would do.
import type { EffectiveClusterPersona } from '../api/personas.ts';
import type { TextMap, Workload, WorkloadKind } from '../workload/workload.ts';
import { missingPersona } from './asked-first.ts';
import type { Finding, Violation } from './finding.ts';
import { toFindings } from './levels.ts';

/** Kinds that are asked for a persona; a single Pod or Job is somebody's errand. */
const askedKinds: ReadonlySet<WorkloadKind> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Rollout',
]);

/** Where the workload is, and what the cluster says. */
export interface MissingPersonaContext {
  clusterPersona: EffectiveClusterPersona | undefined;
  namespaceLabels: TextMap;
  now: Date;
}

/** One finding or none, for a workload that no persona claims; levels and exceptions of the ClusterPersona hold as for every rule. */
export function judgeMissingPersona(workload: Workload, context: MissingPersonaContext): Finding[] {
  return toFindings(findMissingPersona(workload, context), {
    ...context,
    namespace: workload.namespace,
    personaNames: [],
  });
}

/** The same before levels and exceptions. */
export function findMissingPersona(
  { kind, name }: Pick<Workload, 'kind' | 'name'>,
  { clusterPersona }: Pick<MissingPersonaContext, 'clusterPersona'>,
): Violation[] {
  const requirement = clusterPersona?.spec.policies.requirePersona ?? 'off';
  if (requirement === 'off' || !askedKinds.has(kind)) return [];
  return [
    {
      rule: missingPersona.id,
      severity: requirement === 'deny' ? 'error' : 'warning',
      field: 'metadata.name',
      actual: 'unset',
      expected: 'an ApplicationPersona',
      message: `${kind} ${name} has no persona, and the cluster asks for one`,
      suggestion: 'kubectl dorgu persona generate',
    },
  ];
}
