// What -o json and -o yaml of `persona impact` hold. docs/personas.md describes every field.
import type { ImpactReport } from '../../../cluster/impact/foretell-impact.ts';
import type { ForetoldFinding, Outcome, WorkloadImpact } from '../../../cluster/impact/foretold.ts';
import type { Supposition } from '../../../cluster/impact/supposition.ts';
import { groupings, isAtLeast, tally, tallyBy } from '../../../cluster/impact/tally.ts';

/** The mildest outcome that fails. */
export type ImpactThreshold = Outcome | 'never';

/** Whether a workload is denied, or worse than the threshold allows. */
export function isFailure({ create }: WorkloadImpact, threshold: ImpactThreshold): boolean {
  return threshold !== 'never' && isAtLeast(create.outcome, threshold);
}

/** Sums first, then every workload with every finding. Absent fields are left out by the printer. */
export function toImpactDocument(
  report: ImpactReport,
  supposed: Supposition,
  threshold: ImpactThreshold,
): object {
  const { workloads, clusterPersona, exceptions, unasked, unseen } = report;
  return {
    summary: {
      workloads: workloads.length,
      ...tally(workloads),
      failOn: threshold,
      passed: !workloads.some((workload) => isFailure(workload, threshold)),
    },
    supposed: { mode: supposed.mode, rules: supposed.rules },
    clusterPersona,
    by: Object.fromEntries(groupings.map((grouping) => [grouping, tallyBy(grouping, workloads)])),
    items: workloads.map(({ findings, ...workload }) => ({
      ...workload,
      findings: findings.map(toFindingDocument),
    })),
    exceptions,
    unasked,
    unseen: unseen.map(({ resource, message }) => ({ resource, message })),
  };
}

function toFindingDocument(finding: ForetoldFinding): object {
  const { outcome, from, persona, severity, level, rule, object, container, field } = finding;
  const { actual, expected, message, suggestion, exception } = finding;
  return {
    ...{ outcome, from, persona, severity, level, rule, object, container, field },
    ...{ actual, expected, message, suggestion, exception },
  };
}
