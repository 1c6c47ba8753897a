// Finds the list item that a field is part of.
import type { FieldView } from './reason.ts';

/** The item of the last list called `list` on the way to the field; undefined where the field is in none. */
export function itemOf({ object, path }: FieldView, list: string): Record<string, unknown> | undefined {
  const at = path.lastIndexOf(list);
  if (at === -1) return undefined;
  const item = path.slice(0, at + 2).reduce<unknown>(readStep, object);
  return typeof item === 'object' && item !== null ? (item as Record<string, unknown>) : undefined;
}

function readStep(node: unknown, step: string | number): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, step)
    ? (node as Record<string | number, unknown>)[step]
    : undefined;
}
