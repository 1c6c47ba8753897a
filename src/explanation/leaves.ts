// The leaf fields of a document: every scalar, and every map or list that is empty.
import type { FieldPath } from './reason.ts';

/** One leaf. */
export interface Leaf {
  path: FieldPath;
  value: unknown;
}

/** Deeper than any manifest; a person's file that goes on is cut there. */
const maxDepth = 64;

/** All leaves in the order of the document. */
export function listLeaves(value: unknown, path: FieldPath = []): Leaf[] {
  if (typeof value !== 'object' || value === null || path.length >= maxDepth) return [{ path, value }];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item])
    : Object.entries(value);
  if (entries.length === 0) return [{ path, value }];
  return entries.flatMap(([step, item]) => listLeaves(item, [...path, step]));
}
