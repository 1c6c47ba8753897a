// The values that a template walks through, and what is inside each.
import { compareText } from '../../api/compare-text.ts';

/** Parsed JSON; absent fields (undefined) count as not there. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };

const isArray = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** The value of a key as a list of one, or an empty list. */
export function keyOf(value: JsonValue, key: string): readonly JsonValue[] {
  if (typeof value !== 'object' || value === null || isArray(value) || !Object.hasOwn(value, key)) return [];
  const found = value[key];
  return found === undefined ? [] : [found];
}

/** What is inside: elements, or the values of an object by sorted key; of a string its bytes, as kubectl has it. */
export function childrenOf(value: JsonValue): readonly JsonValue[] {
  if (typeof value === 'string') return [...new TextEncoder().encode(value)];
  if (typeof value !== 'object' || value === null) return [];
  if (isArray(value)) return value;
  return Object.keys(value)
    .sort(compareText)
    .flatMap((key) => keyOf(value, key));
}
