// Reads values of which nothing is known: what is missing or of another type reads as empty, and nothing throws.

/** Foreign fields. */
export type Fields = Readonly<Record<string, unknown>>;

const noFields: Fields = Object.freeze({});

/** The value as an object; empty for anything else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : noFields;
}

/** The value of an own field below, step by step; undefined where a step is missing. */
export function fieldAt(value: unknown, ...path: string[]): unknown {
  let current = value;
  for (const step of path) current = ownField(current, step);
  return current;
}

function ownField(value: unknown, field: string): unknown {
  const fields = fieldsOf(value);
  const found = fields[field];
  // Most fields that are asked for are not there: then it need not be asked whose they are.
  return found !== undefined && Object.hasOwn(fields, field) ? found : undefined;
}

/** The value as a list; empty for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as text; empty for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
