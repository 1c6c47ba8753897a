// Reads labels and annotations: foreign keys and values of any type into a map of texts.
import { fieldsOf } from '../api/foreign-fields.ts';
import type { TextMap } from './workload.ts';

/** The entries whose values are text; empty where the value is no object. Keys such as `__proto__` are keys like any other. */
export function readTextMap(value: unknown): TextMap {
  const texts = new Map<string, string>();
  for (const [key, text] of Object.entries(fieldsOf(value))) {
    if (typeof text === 'string') texts.set(key, text);
  }
  return texts;
}

/** The texts of a list, in its order; undefined where the value is no list. */
export function readTextList(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined;
}

/** The value where it is text. */
export function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
