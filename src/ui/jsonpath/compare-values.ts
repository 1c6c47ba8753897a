// Compares two values of a filter: strings with strings, numbers with numbers, booleans for equality.
import { compareText } from '../../api/compare-text.ts';
import type { JsonValue } from './json-value.ts';
import type { FilterOperator } from './node.ts';
import { createEvaluationError } from './template-error.ts';

/** @throws DorguError TemplateFailed for values that cannot be compared */
export function compareValues(
  left: JsonValue,
  operator: Exclude<FilterOperator, 'exists'>,
  right: JsonValue,
): boolean {
  const order = orderOf(left, right);
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    default:
      if (typeof left === 'boolean') throw createEvaluationError('booleans have no order');
      return holds(order, operator);
  }
}

function holds(order: number, operator: '<' | '<=' | '>' | '>='): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function orderOf(left: JsonValue, right: JsonValue): number {
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  throw createEvaluationError(`${describe(left)} cannot be compared with ${describe(right)}`);
}

function describe(value: JsonValue): string {
  if (value === null) return 'null';
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : 'an object';
  return `the ${typeof value} ${JSON.stringify(value)}`;
}
