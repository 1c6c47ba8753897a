// What the API server does to an object before it validates it: nulls go, defaults come, unknown fields are dropped.
import type { Schema } from './schema.ts';

/** The value as the API server would keep it, and the paths of the fields that it would drop. */
export interface PreparedValue {
  readonly value: unknown;
  readonly unknownFields: readonly string[];
}

/** Prepares a copy; the value itself is left alone. Where a value has another type than its schema it is kept for validation to refuse. */
export function prepareAsApiServer(schema: Schema, value: unknown, path: string): PreparedValue {
  const unknownFields: string[] = [];
  return { value: prepare(schema, value, path, unknownFields), unknownFields };
}

function prepare(schema: Schema, value: unknown, path: string, unknownFields: string[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (schema.properties && !Array.isArray(value))
    return prepareFields(schema.properties, value, path, unknownFields);
  const { items } = schema;
  if (!items) return value;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => prepare(items, item, `${path}[${index}]`, unknownFields));
  }
  const entries = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(
    entries.map(([key, item]) => [
      key,
      prepare(items, item, `${path}[${JSON.stringify(key)}]`, unknownFields),
    ]),
  );
}

function prepareFields(
  fields: Readonly<Record<string, Schema>>,
  value: object,
  path: string,
  unknownFields: string[],
): Record<string, unknown> {
  const given = new Map<string, unknown>(Object.entries(value));
  const prepared: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const found = given.get(name) ?? field.default;
    if (found !== undefined) prepared[name] = prepare(field, found, `${path}.${name}`, unknownFields);
    given.delete(name);
  }
  for (const name of given.keys()) unknownFields.push(`${path}.${name}`);
  return prepared;
}
