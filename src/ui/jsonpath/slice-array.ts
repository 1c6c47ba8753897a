// Takes elements out of arrays: by index, from one to another, every so many.
import type { JsonValue } from './json-value.ts';
import type { Node } from './node.ts';
import { createEvaluationError } from './template-error.ts';

type Slice = Extract<Node, { kind: 'slice' }>;

/** Of every value, which has to be an array; null is skipped. @throws DorguError TemplateFailed outside of an array's bounds */
export function sliceArray(values: readonly JsonValue[], slice: Slice): readonly JsonValue[] {
  const found: JsonValue[] = [];
  for (const value of values) {
    if (value === null) continue;
    if (!Array.isArray(value)) throw createEvaluationError(`${nameOf(value)} is not an array`);
    const range = findRange(slice, value.length);
    // As in kubectl, an empty range ends it for the arrays that follow, too.
    if (range === undefined) return found;
    for (const element of takeEvery(value as readonly JsonValue[], range, slice.step)) found.push(element);
  }
  return found;
}

/** Undefined where it is empty. */
function findRange({ start, end }: Slice, length: number): { from: number; to: number } | undefined {
  const from = start.value < 0 ? start.value + length : start.value;
  const wanted = end.isKnown ? end.value : length;
  const to = wanted < 0 || (wanted === 0 && end.isDerived) ? wanted + length : wanted;
  if (from === to) return undefined;
  assertInside(from, from >= 0 && from < length, length);
  assertInside(to - 1, to >= 0 && to <= length, length);
  if (from > to) throw createEvaluationError(`starting index ${from} is greater than ending index ${to}`);
  return { from, to };
}

function assertInside(index: number, isInside: boolean, length: number): void {
  if (!isInside) throw createEvaluationError(`array index out of bounds: index ${index}, length ${length}`);
}

function takeEvery(
  array: readonly JsonValue[],
  { from, to }: { from: number; to: number },
  step: Slice['step'],
): JsonValue[] {
  if (step.isKnown && step.value <= 0) throw createEvaluationError('step must be > 0');
  const every = step.isKnown ? step.value : 1;
  return array.slice(from, to).filter((_, index) => index % every === 0);
}

function nameOf(value: JsonValue): string {
  if (typeof value === 'object') return 'an object';
  return `a ${typeof value}`;
}
