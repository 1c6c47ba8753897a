// A report as JUnit XML: one suite a file, one case a finding, and one for each workload without any.
import { compareText } from '../../api/compare-text.ts';
import type { CheckReport, FilePlace, PlacedFinding, PlacedObject } from '../check-report.ts';
import { isCounted, isFailure, type FailureThreshold } from '../count-findings.ts';
import { formatObject } from '../object-name.ts';
import { nameFile } from './show-place.ts';

interface Case {
  place: FilePlace;
  name: string;
  /** What happened to it: nothing is a pass. */
  outcome?: { tag: 'failure' | 'skipped' | 'system-out'; xml: string };
}

/** The document, ending with a line break. Findings milder than the threshold pass and are told; known and lifted ones are skipped. */
export function formatJunit(report: CheckReport, threshold: FailureThreshold): string {
  const found = report.findings.map((finding) => toCase(finding, threshold));
  const troubled = new Set(report.findings.map(({ file, object }) => toKey(file, object)));
  const clean = report.judged
    .filter((object) => !troubled.has(toKey(object.file, object)))
    .map((object) => ({ place: object, name: formatName(object) }));
  const suites = Map.groupBy([...found, ...clean], ({ place }) => nameFile(place));
  const all = [...suites].sort(([left], [right]) => compareText(left, right));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="kubectl dorgu check" ${formatCounts([...found, ...clean])}>`,
    ...all.flatMap(([name, cases]) => [
      `  <testsuite name="${escapeXml(name)}" ${formatCounts(cases)}>`,
      ...cases.map((testCase) => formatCase(name, testCase)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

const toKey = (file: string, object: PlacedFinding['object']) =>
  JSON.stringify([file, object?.kind, object?.namespace, object?.name]);

function formatName(object: Pick<PlacedObject, 'kind' | 'namespace' | 'name'>): string {
  return [object.namespace, formatObject(object)].filter((part) => part !== '').join('/');
}

function toCase(finding: PlacedFinding, threshold: FailureThreshold): Case {
  const { object, rule, container } = finding;
  const parts = [object === undefined ? '' : formatName(object), rule, container ?? ''];
  const name = parts.filter((part) => part !== '').join(' ');
  return { place: finding, name, outcome: toOutcome(finding, threshold) };
}

function toOutcome(finding: PlacedFinding, threshold: FailureThreshold): NonNullable<Case['outcome']> {
  const { message, suggestion, severity, line, column, exception } = finding;
  if (!isCounted(finding)) {
    const why =
      exception === undefined ? 'known from the baseline' : `${exception.reason} (until ${exception.until})`;
    return { tag: 'skipped', xml: `<skipped message="${escapeXml(`${why}: ${message}`)}"/>` };
  }
  const text = [
    `${nameFile(finding)}:${line}:${column}`,
    message,
    ...(suggestion === undefined ? [] : [`fix: ${suggestion}`]),
  ];
  const body = escapeXml(text.join('\n'), true);
  if (!isFailure(finding, threshold))
    return { tag: 'system-out', xml: `<system-out>${severity}: ${body}</system-out>` };
  return {
    tag: 'failure',
    xml: `<failure type="${severity}" message="${escapeXml(message)}">${body}</failure>`,
  };
}

function formatCounts(cases: readonly Case[]): string {
  const count = (tag: string) => cases.filter(({ outcome }) => outcome?.tag === tag).length;
  return `tests="${cases.length}" failures="${count('failure')}" errors="0" skipped="${count('skipped')}" time="0"`;
}

function formatCase(suite: string, { place, name, outcome }: Case): string {
  const start = `    <testcase classname="${escapeXml(suite)}" name="${escapeXml(name)}" file="${escapeXml(place.file)}" line="${place.line}" time="0"`;
  return outcome === undefined ? `${start}/>` : `${start}>${outcome.xml}</testcase>`;
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);

/** What XML cannot hold or a terminal would obey is dropped; line breaks stay only in the text of an element. */
function escapeXml(text: string, withLines = false): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029\ufffe\uffff]/gu, (character) =>
      character === '\n' || character === '\t' ? (withLines ? character : ' ') : '',
    )
    .replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? '');
}
