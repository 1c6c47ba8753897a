// Findings for workloads of files that no persona claims, where the ClusterPersona asks for one.
import { judgeMissingPersona } from '../rules/missing-persona.ts';
import type { PlacedFinding } from './check-report.ts';
import type { JudgeContext } from './judge-context.ts';
import { nameObject, placeField } from './object-name.ts';
import type { FileWorkload } from './sort-manifests.ts';

/** One finding each, at the place of the workload's name. */
export function judgeMissingPersonas(
  workloads: readonly FileWorkload[],
  { clusterPersona, sorted, now }: Pick<JudgeContext, 'clusterPersona' | 'sorted' | 'now'>,
): PlacedFinding[] {
  return workloads.flatMap(({ workload, manifest }) => {
    const namespaceLabels = sorted.namespaceLabels.get(workload.namespace) ?? new Map<string, string>();
    const findings = judgeMissingPersona(workload, { clusterPersona, namespaceLabels, now });
    return findings.map((finding) => ({
      ...finding,
      object: nameObject(manifest, workload.namespace),
      ...placeField(manifest, finding.field),
    }));
  });
}
