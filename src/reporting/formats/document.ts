// A report as one document for programs: `-o json`, `-o yaml`, and what a baseline is.
import type { CheckReport, PlacedFinding } from '../check-report.ts';
import { countBySeverity, isFailure, type FailureThreshold } from '../count-findings.ts';

/** Summary first, then findings in the order of files and lines. docs/check.md describes every field. */
export function toCheckDocument(report: CheckReport, threshold: FailureThreshold): object {
  const { findings, counts, clusterPersona, withoutPersona, personasWithoutWorkload, skipped, notes } =
    report;
  return {
    summary: {
      ...counts,
      ...countBySeverity(findings),
      known: findings.filter(({ known }) => known === true).length,
      excepted: findings.filter(({ known, exception }) => known !== true && exception !== undefined).length,
      withoutPersona: withoutPersona.length,
      failOn: threshold,
      passed: !findings.some((finding) => isFailure(finding, threshold)),
    },
    ...(clusterPersona === undefined ? {} : { clusterPersona }),
    findings: findings.map(toFindingDocument),
    withoutPersona,
    personasWithoutWorkload,
    skipped: {
      files: skipped.map(({ file, line, reason }) => ({ file, line, reason })),
      kinds: [...report.otherKinds].map(([kind, count]) => ({ kind, count })),
    },
    notes,
  };
}

/** Absent fields are left out by the printer. */
function toFindingDocument(finding: PlacedFinding): object {
  const { severity, level, rule, file, line, column, origin, object, persona, container } = finding;
  const { field, actual, expected, message, suggestion, exception, known } = finding;
  return {
    ...{ severity, level, rule, file, line, column, origin, object, persona, container },
    ...{ field, actual, expected, message, suggestion, exception, known },
  };
}
