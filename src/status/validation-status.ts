// What the rules found, as a status lists it: gravest first, capped, exceptions shown as such.
import { maxStatusIssues } from '../api/limits.ts';
import type { ValidationIssue, ValidationStatus } from '../api/personas.ts';
import { severities } from '../api/vocabulary.ts';
import type { Finding } from '../rules/finding.ts';
import type { Workload } from '../workload/workload.ts';
import { formatCount, formatInstant, toLine, toParagraph } from './plain-text.ts';
import { isSameButTimes } from './set-conditions.ts';

/** A finding and where it is: empty, or the workload's kind and name where there are several. */
export interface LocatedFinding {
  finding: Finding;
  place: string;
}

/** The findings of all workloads of a persona, with their places. */
export function locateFindings(
  workloads: readonly { workload: Pick<Workload, 'kind' | 'name'>; findings: readonly Finding[] }[],
): LocatedFinding[] {
  return workloads.flatMap(({ workload, findings }) => {
    const place = workloads.length > 1 ? `${workload.kind} ${workload.name}` : '';
    return findings.map((finding) => ({ finding, place }));
  });
}

/** The status of the findings; `lastChecked` stays while they do. An exception lifts a finding: it is listed last, as information. */
export function toValidationStatus(
  findings: readonly LocatedFinding[],
  previous: ValidationStatus | undefined,
  now: Date,
): ValidationStatus {
  const counted = findings.filter(({ finding }) => finding.exception === undefined);
  const lifted = findings.filter(({ finding }) => finding.exception !== undefined);
  const issues = [...sortByGravity(counted), ...lifted].map(toIssue);
  const omitted = issues.length - maxStatusIssues;
  const summary = summarise(counted);
  const status: ValidationStatus = {
    passed: !counted.some(({ finding }) => finding.severity === 'error'),
    ...(summary === '' ? {} : { summary }),
    ...(issues.length === 0 ? {} : { issues: issues.slice(0, maxStatusIssues) }),
    ...(omitted > 0 ? { omitted } : {}),
  };
  const isSame = previous?.lastChecked !== undefined && isSameButTimes(status, previous);
  return { ...status, lastChecked: (isSame ? previous.lastChecked : undefined) ?? formatInstant(now) };
}

/** Stable: within a severity the rules' own order stays. */
function sortByGravity(findings: readonly LocatedFinding[]): LocatedFinding[] {
  return severities.flatMap((severity) => findings.filter(({ finding }) => finding.severity === severity));
}

/** `1 error, 2 warnings`; empty where there is none. Information is not counted where there is worse. */
function summarise(findings: readonly LocatedFinding[]): string {
  const count = (severity: Finding['severity']) =>
    findings.filter(({ finding }) => finding.severity === severity).length;
  const [errors, warnings, notes] = [count('error'), count('warning'), count('info')];
  const parts = [
    errors > 0 ? formatCount(errors, 'error') : '',
    warnings > 0 ? formatCount(warnings, 'warning') : '',
    notes > 0 ? formatCount(notes, 'note') : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function toIssue({ finding, place }: LocatedFinding): ValidationIssue {
  const { severity, rule, field, message, suggestion, exception } = finding;
  const said = place === '' ? message : `${place}: ${message}`;
  const text =
    exception === undefined ? said : `${said} (excepted until ${exception.until}: ${exception.reason})`;
  return {
    severity: exception === undefined ? severity : 'info',
    rule,
    ...(field === '' ? {} : { field: toLine(field) }),
    message: toParagraph(text, 1000),
    ...(suggestion === undefined || suggestion === '' ? {} : { suggestion: keepLines(suggestion) }),
  };
}

/** A suggestion may be YAML: its lines stay. */
function keepLines(text: string): string {
  return text
    .slice(0, 2000)
    .split('\n')
    .map((line) => (/^ */.exec(line)?.[0] ?? '') + toParagraph(line))
    .join('\n');
}
