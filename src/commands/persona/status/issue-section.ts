// ISSUES: the findings, gravest first, each with the field to look at and the change to make.
import type { ValidationIssue, ValidationStatus } from '../../../api/personas.ts';
import { severities } from '../../../api/vocabulary.ts';
import type { Entry, Section, Tone } from './screen-model.ts';

/** Findings on one screen. */
const MAX_ISSUES = 20;
/** Lines of one suggestion. */
const MAX_SUGGESTION_LINES = 12;

const TONES: Record<ValidationIssue['severity'], Tone> = {
  error: 'failing',
  warning: 'warning',
  info: undefined,
};

/** Undefined where there is no finding. */
export function listIssues(
  validation: ValidationStatus | undefined,
  { isWide }: { isWide: boolean },
): Section | undefined {
  const issues = (validation?.issues ?? []).toSorted(
    (left, right) => severities.indexOf(left.severity) - severities.indexOf(right.severity),
  );
  if (issues.length === 0) return undefined;
  const shown = isWide ? issues : issues.slice(0, MAX_ISSUES);
  return {
    title: 'ISSUES',
    summary: validation?.summary ?? '',
    entries: shown.map(toEntry),
    end: countMore(issues.length - shown.length, validation?.omitted ?? 0),
  };
}

/** Those that the status itself leaves out are nowhere to be seen. */
function countMore(hidden: number, omitted: number): string | undefined {
  if (hidden + omitted === 0) return undefined;
  return `and ${hidden + omitted} more${hidden > 0 ? ': -o wide' : ''}`;
}

function toEntry({ severity, rule, message, field, suggestion }: ValidationIssue): Entry {
  return {
    label: severity,
    tone: TONES[severity],
    topic: rule ?? '',
    text: message,
    below: toFixLines(field ?? '', suggestion ?? ''),
  };
}

/** A suggestion may be YAML of several lines; its place then stands above it. */
export function toFixLines(field: string, suggestion: string): string[] {
  const lines = suggestion.split('\n').filter((line) => line.trim() !== '');
  const place = field === '' ? '' : `at ${field}`;
  const [first] = lines;
  if (first === undefined) return place === '' ? [] : [place];
  if (lines.length === 1) return [joinPlace(first, field)];
  return [...(place === '' ? [] : [`${place}:`]), ...lines.slice(0, MAX_SUGGESTION_LINES)];
}

/** `cpu: 100m` at `resources.requests.cpu` is `resources.requests.cpu: 100m`. */
function joinPlace(suggestion: string, field: string): string {
  const key = field.slice(field.lastIndexOf('.') + 1);
  if (field === '') return suggestion;
  return suggestion.startsWith(`${key}: `)
    ? `${field}${suggestion.slice(key.length)}`
    : `${suggestion}, at ${field}`;
}
