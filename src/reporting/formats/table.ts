// A report for people: findings under the file that they are in, and in one line what was looked at.
import type { CheckReport, PlacedFinding, PlacedObject } from '../check-report.ts';
import { countBySeverity, isCounted } from '../count-findings.ts';
import { formatObject } from '../object-name.ts';
import { escapeText } from '../../ui/escape.ts';
import type { Palette } from '../../ui/palette.ts';
import { measureWidth, padEnd } from '../../ui/width.ts';
import { nameFile } from './show-place.ts';

/** Lines of all findings but known ones; empty where there are none. */
export function formatFindings(findings: readonly PlacedFinding[], palette: Palette): string[] {
  const shown = findings.filter(({ known }) => known !== true);
  const groups = Map.groupBy(shown, nameFile);
  return [...groups].flatMap(([file, group], index) => [
    ...(index === 0 ? [] : ['']),
    palette.heading(escapeText(file)),
    ...formatGroup(group, palette),
  ]);
}

function formatGroup(findings: readonly PlacedFinding[], palette: Palette): string[] {
  const rows = findings.map((finding) => ({ finding, cells: toCells(finding) }));
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...rows.map(({ cells }) => measureWidth(cells[column] ?? ''))),
  );
  const indent = ' '.repeat(2 + widths.reduce((sum, width) => sum + width + 2, 0));
  return rows.flatMap(({ finding, cells }) => {
    const padded = cells.map((cell, column) => padEnd(cell, widths[column] ?? 0));
    padded[1] = colour(padded[1] ?? '', finding, palette);
    const first = `  ${padded.join('  ')}  ${escapeText(finding.message)}`;
    return [first, ...toFollowing(finding).map((line) => `${indent}${escapeText(line)}`)];
  });
}

function toCells({ line, column, severity, rule, object, exception }: PlacedFinding): string[] {
  const name = object === undefined ? '-' : formatObject(object);
  return [`${line}:${column}`, exception === undefined ? severity : 'lifted', rule, escapeText(name)];
}

function toFollowing({ suggestion, exception }: PlacedFinding): string[] {
  const lifted = exception === undefined ? [] : [`lifted until ${exception.until}: ${exception.reason}`];
  return [...(suggestion === undefined ? [] : suggestion.trimEnd().split('\n')), ...lifted];
}

function colour(text: string, { severity, exception }: PlacedFinding, palette: Palette): string {
  if (exception !== undefined || severity === 'info') return text;
  return severity === 'error' ? palette.failing(text) : palette.warning(text);
}

/** What was looked at and what came of it, then what was passed over; a line each. */
export function formatSummary(report: CheckReport): string[] {
  const { counts, findings, withoutPersona, personasWithoutWorkload } = report;
  const looked = [
    countOf(counts.files, 'file'),
    countOf(counts.objects, 'object'),
    `${counts.judged} of ${countOf(counts.workloads, 'workload')} judged`,
    countOf(counts.personas, 'persona'),
  ];
  return [
    `${formatOutcome(findings)} in ${looked.join(', ')}`,
    ...listObjects('without a persona', withoutPersona),
    ...listObjects('personas without a workload', personasWithoutWorkload),
    ...formatSkipped(report),
    ...report.notes.map(escapeText),
    ...(counts.workloads > 0 && counts.personas === 0
      ? ['hint: nothing is judged without a persona: kubectl dorgu persona generate, or --persona FILE']
      : []),
  ];
}

function formatOutcome(findings: readonly PlacedFinding[]): string {
  const { error, warning, info } = countBySeverity(findings);
  const known = findings.filter((finding) => finding.known === true).length;
  const lifted = findings.filter((finding) => finding.known !== true && !isCounted(finding)).length;
  const parts = [
    ...(error > 0 ? [countOf(error, 'error')] : []),
    ...(warning > 0 ? [countOf(warning, 'warning')] : []),
    ...(info > 0 ? [countOf(info, 'note')] : []),
  ];
  return [
    parts.length === 0 ? 'no findings' : parts.join(', '),
    ...(known > 0 ? [`${known} known from the baseline`] : []),
    ...(lifted > 0 ? [`${lifted} lifted by exceptions`] : []),
  ].join(', ');
}

/** Longer lists are for `-o json`. */
const LONGEST_LIST = 5;

function listObjects(label: string, objects: readonly PlacedObject[]): string[] {
  if (objects.length === 0) return [];
  const shown = objects.slice(0, LONGEST_LIST).map((object) => escapeText(formatObject(object)));
  const more = objects.length - shown.length;
  return [`${label}: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`];
}

function formatSkipped({ skipped, otherKinds }: CheckReport): string[] {
  const count = (reason: string) => skipped.filter((entry) => entry.reason === reason).length;
  const others = [...otherKinds.values()].reduce((sum, number) => sum + number, 0);
  const parts = [
    ...(others > 0 ? [`${countOf(others, 'object')} of kinds that no rule looks at`] : []),
    ...(count('kustomization') > 0
      ? [`${countOf(count('kustomization'), 'kustomization')} (pipe kustomize build)`]
      : []),
    ...(count('template') > 0
      ? [`${countOf(count('template'), 'template')} (templates are not YAML; pipe helm template)`]
      : []),
    ...(count('no-object') > 0
      ? [`${countOf(count('no-object'), 'document')} without apiVersion and kind`]
      : []),
  ];
  return parts.length === 0 ? [] : [`skipped: ${parts.join(', ')}`];
}

const countOf = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
