// Label selectors as Kubernetes reads them: what they say, and what they select.
import { fieldAt, fieldsOf, listOf, textOf } from '../api/foreign-fields.ts';
import { readTextList } from './text-map.ts';
import type { Selector, TextMap } from './workload.ts';

type Requirement = Selector['matchExpressions'][number];

/** A term that no labels fulfil: what becomes of one that cannot be understood. */
const impossible: Requirement = { key: '', operator: 'In', values: [] };

/** Reads `{matchLabels, matchExpressions}`; undefined where there is none (absent, null). What is malformed selects nothing. */
export function readSelector(value: unknown): Selector | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value))
    return { matchLabels: new Map(), matchExpressions: [impossible] };
  const matchLabels = new Map<string, string>();
  const matchExpressions = listOf(fieldAt(value, 'matchExpressions')).map(readRequirement);
  for (const [key, wanted] of Object.entries(fieldsOf(fieldAt(value, 'matchLabels')))) {
    if (typeof wanted === 'string') matchLabels.set(key, wanted);
    else matchExpressions.push(impossible);
  }
  return { matchLabels, matchExpressions };
}

/** Those of objects; selectors that people write know two more. */
const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

function readRequirement(value: unknown): Requirement {
  const key = fieldAt(value, 'key');
  const operator = textOf(fieldAt(value, 'operator'));
  const values = fieldAt(value, 'values') ?? [];
  const texts = readTextList(values);
  const isRead = typeof key === 'string' && texts?.length === listOf(values).length;
  return isRead && operators.includes(operator) ? { key, operator, values: texts } : impossible;
}

/** Whether the labels fulfil every term. A selector without terms selects everything. */
export function matchesSelector(selector: Selector, labels: Pick<TextMap, 'get'>): boolean {
  for (const [key, wanted] of selector.matchLabels) {
    if (labels.get(key) !== wanted) return false;
  }
  return selector.matchExpressions.every((requirement) => fulfils(requirement, labels));
}

function fulfils({ key, operator, values }: Requirement, labels: Pick<TextMap, 'get'>): boolean {
  const value = labels.get(key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      // As in Kubernetes: a label that is not there is not among the values.
      return values.length > 0 && (value === undefined || !values.includes(value));
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return isOrdered(operator, value, values[0]);
  }
}

/** `Gt` and `Lt`: of whole numbers of 64 bits, as the API server reads them. */
function isOrdered(operator: string, value: string | undefined, limit: string | undefined): boolean {
  const [one, other] = [readInteger(value), readInteger(limit)];
  if (one === undefined || other === undefined) return false;
  if (operator === 'Gt') return one > other;
  return operator === 'Lt' && one < other;
}

const largestInteger = 2n ** 63n - 1n;

function readInteger(text: string | undefined): bigint | undefined {
  if (text === undefined || !/^[0-9]{1,63}$/.test(text)) return undefined;
  const integer = BigInt(text);
  return integer > largestInteger ? undefined : integer;
}
