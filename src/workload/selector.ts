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

function readRequirement(value: unknown): Requirement {
  const key = fieldAt(value, 'key');
  const values = fieldAt(value, 'values') ?? [];
  const texts = readTextList(values);
  if (typeof key !== 'string' || texts?.length !== listOf(values).length) return impossible;
  return { key, operator: textOf(fieldAt(value, 'operator')), values: texts };
}

/** Whether the labels fulfil every term. A selector without terms selects everything. */
export function matchesSelector(selector: Selector, labels: TextMap): boolean {
  for (const [key, wanted] of selector.matchLabels) {
    if (labels.get(key) !== wanted) return false;
  }
  return selector.matchExpressions.every((requirement) => fulfils(requirement, labels));
}

function fulfils({ key, operator, values }: Requirement, labels: TextMap): boolean {
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
      return false;
  }
}
