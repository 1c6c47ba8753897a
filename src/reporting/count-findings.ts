// Which findings count, and whether they make a check fail.
import { severities } from '../api/vocabulary.ts';
import type { Severity } from '../rules/finding.ts';
import type { PlacedFinding } from './check-report.ts';

/** What `--fail-on` takes: the mildest severity that fails, or never. */
export const failureThresholds = [...severities, 'never'] as const;
export type FailureThreshold = (typeof failureThresholds)[number];

/** Whether it counts: neither known from the baseline nor lifted by an exception. */
export function isCounted({ known, exception }: PlacedFinding): boolean {
  return known !== true && exception === undefined;
}

/** Whether it counts and is grave enough. */
export function isFailure(finding: PlacedFinding, threshold: FailureThreshold): boolean {
  if (threshold === 'never' || !isCounted(finding)) return false;
  return severities.indexOf(finding.severity) <= severities.indexOf(threshold);
}

/** How many findings of each severity count. */
export function countBySeverity(findings: readonly PlacedFinding[]): Record<Severity, number> {
  const count = (severity: Severity) =>
    findings.filter((finding) => finding.severity === severity && isCounted(finding)).length;
  return { error: count('error'), warning: count('warning'), info: count('info') };
}
