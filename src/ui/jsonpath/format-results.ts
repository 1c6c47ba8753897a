// Prints what a template found: scalars bare, objects and arrays as Go's JSON, several with a space between them.
import type { Results } from './evaluate.ts';
import { compareText } from '../../api/compare-text.ts';
import { createEvaluationError } from './template-error.ts';
import type { JsonValue } from './json-value.ts';

/** The values of one piece of a template. */
export function formatResults(results: Results): string {
  return results.map(formatValue).join(' ');
}

/** As `-o jsonpath-as-json`: an array of the values, indented by four spaces. */
export function formatResultsAsJson(results: Results): string {
  return `${toGoJson(results, 4)}\n`;
}

function formatValue(value: JsonValue): string {
  if (value === null) return 'null';
  if (typeof value === 'object') return toGoJson(value);
  return typeof value === 'number' ? formatNumber(value) : String(value);
}

/** As Go prints a number: small ones with an exponent of two digits at least. */
function formatNumber(value: number): string {
  const isTiny = value !== 0 && Math.abs(value) < 1e-4;
  const text = isTiny ? value.toExponential() : String(value);
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}

/** Go sorts the keys, and escapes what HTML would read. */
function toGoJson(value: JsonValue, indent = 0): string {
  try {
    return JSON.stringify(withSortedKeys(value), undefined, indent).replace(/[<>&\u2028\u2029]/g, toEscape);
  } catch (cause) {
    if (cause instanceof RangeError)
      throw createEvaluationError('an object is nested too deep to be printed');
    throw cause;
  }
}

const toEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

function withSortedKeys(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element: JsonValue) => withSortedKeys(element));
  const entries = Object.entries(value).sort(([left], [right]) => compareText(left, right));
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, inner === undefined ? inner : withSortedKeys(inner)]),
  );
}
