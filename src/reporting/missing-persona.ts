// Findings for workloads that no persona claims, where the ClusterPersona asks for one.
import { toFindings } from '../rules/levels.ts';
import type { WorkloadKind } from '../workload/workload.ts';
import type { PlacedFinding } from './check-report.ts';
import { missingPersona } from '../rules/asked-first.ts';
import type { JudgeContext } from './judge-context.ts';
import { nameObject, placeField } from './object-name.ts';
import type { FileWorkload } from './sort-manifests.ts';

/** What the admission webhook looks at; a single Pod or Job is somebody's errand. */
const asked: readonly WorkloadKind[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Rollout'];

/** One finding each; levels and exceptions of the ClusterPersona hold as for every rule. */
export function judgeMissingPersonas(
  workloads: readonly FileWorkload[],
  { clusterPersona, sorted, now }: Pick<JudgeContext, 'clusterPersona' | 'sorted' | 'now'>,
): PlacedFinding[] {
  const requirement = clusterPersona?.spec.policies.requirePersona ?? 'off';
  if (requirement === 'off') return [];
  return workloads
    .filter(({ workload }) => asked.includes(workload.kind))
    .flatMap(({ workload, manifest }) => {
      const violation = {
        rule: missingPersona.id,
        severity: requirement === 'deny' ? ('error' as const) : ('warning' as const),
        field: 'metadata.name',
        actual: 'unset',
        expected: 'an ApplicationPersona',
        message: `${workload.kind} ${workload.name} has no persona, and the cluster asks for one`,
        suggestion: 'kubectl dorgu persona generate',
      };
      const findings = toFindings([violation], {
        clusterPersona,
        namespace: workload.namespace,
        namespaceLabels: sorted.namespaceLabels.get(workload.namespace) ?? new Map(),
        personaNames: [],
        now,
      });
      return findings.map((finding) => ({
        ...finding,
        object: nameObject(manifest, workload.namespace),
        ...placeField(manifest, finding.field),
      }));
    });
}
