// The words with which the two kinds are written: object, list, choice, integer, flag and the like.
import type { CrossFieldRule } from './cross-field-rule.ts';
import type { Schema } from './schema.ts';

type Fields = Readonly<Record<string, Schema>>;

/** An object with named fields. It defaults to {} where a field below it has a default and none is required, so that an absent object is judged with its defaults. */
export function object(
  typeName: string,
  description: string,
  properties: Fields,
  rules: readonly CrossFieldRule[] = [],
): Schema {
  const fields = Object.values(properties);
  const isDefaulted =
    fields.some((field) => field.default !== undefined) && !fields.some((field) => field.isRequired);
  return {
    type: 'object',
    typeName,
    description,
    properties,
    ...(isDefaulted ? { default: {} } : {}),
    ...(rules.length > 0 ? { rules } : {}),
  };
}

/** The same field, which has to be there. */
export function required(schema: Schema): Schema {
  const { default: _default, ...rest } = schema;
  return { ...rest, isRequired: true };
}

/** The same field without a default: its absence says something. */
export function withoutDefault(schema: Schema): Schema {
  const { default: _default, ...rest } = schema;
  return rest;
}

/** A list that is written as a whole. */
export function list(description: string, items: Schema, maxItems: number, minItems?: number): Schema {
  const least = minItems === undefined ? {} : { minItems };
  return { type: 'list', listType: 'atomic', description, items, maxItems, ...least };
}

/** A list whose elements are told apart by `keys`, so that several owners can each hold some. */
export function listMap(
  description: string,
  keys: readonly string[],
  items: Schema,
  maxItems: number,
): Schema {
  return { type: 'list', listType: 'map', keys, description, items, maxItems };
}

/** A list of texts, none twice. */
export function set(description: string, items: Schema, maxItems: number): Schema {
  return { type: 'list', listType: 'set', description, items, maxItems };
}

/** Text values under names that are not known beforehand. */
export function map(description: string, items: Schema, maxItems: number): Schema {
  return { type: 'map', description, items, maxItems };
}

/** One of a few words. */
export function choice(description: string, words: readonly string[], fallback?: string): Schema {
  return {
    type: 'string',
    description,
    enum: words,
    ...(fallback === undefined ? {} : { default: fallback }),
  };
}

/** A whole number within a range. */
export function integer(description: string, minimum: number, maximum: number, fallback?: number): Schema {
  return {
    type: 'integer',
    description,
    minimum,
    maximum,
    ...(fallback === undefined ? {} : { default: fallback }),
  };
}

/** True or false. */
export function flag(description: string, fallback?: boolean): Schema {
  return { type: 'boolean', description, ...(fallback === undefined ? {} : { default: fallback }) };
}
