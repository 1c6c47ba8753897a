// Reads values of which nothing is known: what is missing or of another type reads as empty, and nothing throws.

/** Foreign fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** The value as an object; empty for anything else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** The value of an own field below, step by step; undefined where a step is missing. */
export function fieldAt(value: unknown, ...path: string[]): unknown {
  let current = value;
  for (const step of path) {
    const fields = fieldsOf(current);
    current = Object.hasOwn(fields, step) ? fields[step] : undefined;
  }
  return current;
}

/** The value as a list; empty for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as text; empty for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
