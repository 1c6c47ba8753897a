// What an answer says, field by field, for it comes from outside: series, statistics, warnings, errors.
import { fieldAt, fieldsOf, listOf, textOf } from '../api/foreign-fields.ts';

/** A value at a time; never NaN, never infinite. */
export interface Point {
  atMs: number;
  value: number;
}

/** One series of an answer. */
export interface Series {
  /** The value of a label; empty where the series has none. */
  label(name: string): string;
  points: readonly Point[];
}

/** Everything of an answer that is no series. */
export interface Envelope {
  isSuccess: boolean;
  /** `vector`, `matrix` …; empty for lists of series. */
  resultType: string;
  /** Prometheus' own words about what failed, bounded. */
  error: string;
  errorType: string;
  /** At most {@link maxWarnings}, bounded. */
  warnings: readonly string[];
  samples: SampleCounts;
}

/** What a query cost (`stats=all`); undefined where the server does not say. */
export interface SampleCounts {
  /** Samples touched, those of each step counted anew. */
  touched: number | undefined;
  /** Samples held at once. */
  peak: number | undefined;
}

const maxTextLength = 2000;
const maxLabelLength = 1024;
export const maxWarnings = 10;
/** After the year 9999 nothing is measured. */
const maxSeconds = 253_402_300_800;

/** An element of the result. Undefined where it is no series with labels. Points that are no finite numbers (NaN, +Inf, histograms) are left out. */
export function parseSeries(element: unknown): Series | undefined {
  const labels = fieldAt(element, 'metric');
  if (typeof labels !== 'object' || labels === null || Array.isArray(labels)) return undefined;
  const values = fieldAt(element, 'values');
  const pairs = values === undefined ? [fieldAt(element, 'value')] : listOf(values);
  return { label: (name) => labelOf(labels, name), points: parsePoints(pairs) };
}

/** An element of a list of series, which is labels and nothing else. */
export function parseLabels(element: unknown): Series | undefined {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return undefined;
  return { label: (name) => labelOf(element, name), points: [] };
}

function labelOf(labels: object, name: string): string {
  const value = textOf(fieldAt(labels, name));
  return value.length > maxLabelLength ? '' : value;
}

function parsePoints(pairs: readonly unknown[]): Point[] {
  const points: Point[] = [];
  for (const pair of pairs) {
    const [seconds, text] = listOf(pair);
    if (typeof seconds !== 'number' || !(seconds >= 0 && seconds < maxSeconds)) continue;
    const value = parseValue(text);
    if (value !== undefined) points.push({ atMs: Math.round(seconds * 1000), value });
  }
  return points;
}

/** Numbers come as text: `0.25`, `1e+06`, `NaN`, `+Inf`. */
function parseValue(text: unknown): number | undefined {
  if (typeof text !== 'string' || text.length > 40 || !/^[-+]?(\d+\.?|\d*\.\d+)(e[-+]?\d+)?$/i.test(text))
    return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Reads what {@link AnswerCutter.end} gives, or the body of an error. Undefined where it is none of Prometheus'. */
export function parseEnvelope(value: unknown): Envelope | undefined {
  const status = fieldAt(value, 'status');
  if (status !== 'success' && status !== 'error') return undefined;
  const data = fieldAt(value, 'data');
  if (status === 'success' && (typeof data !== 'object' || data === null)) return undefined;
  return {
    isSuccess: status === 'success',
    resultType: textOf(fieldAt(data, 'resultType')).slice(0, 40),
    error: boundText(textOf(fieldAt(value, 'error'))),
    errorType: textOf(fieldAt(value, 'errorType')).slice(0, 40),
    warnings: [...listOf(fieldsOf(value)['warnings']), ...listOf(fieldsOf(value)['infos'])]
      .slice(0, maxWarnings)
      .map((warning) => boundText(textOf(warning))),
    samples: {
      touched: countOf(fieldAt(data, 'stats', 'samples', 'totalQueryableSamples')),
      peak: countOf(fieldAt(data, 'stats', 'samples', 'peakSamples')),
    },
  };
}

function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : undefined;
}

/** Somebody else's words, for a person: bounded, and without what a terminal would act on. */
export function boundText(text: string): string {
  const bounded = text.length > maxTextLength ? `${text.slice(0, maxTextLength)}…` : text;
  return bounded.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
