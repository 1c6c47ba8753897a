// The language that the table of compose's keys is written in: accepted kinds, nested keys, and where each key goes.

/** What a value may be. compose takes numbers and booleans as text too (`"80"`), and so does the table. */
export type Kind = 'string' | 'integer' | 'number' | 'boolean' | 'null' | 'list' | 'mapping';

/** What one place of a compose file may hold. */
export interface Shape {
  readonly kinds: readonly Kind[];
  /** A mapping with these keys only, beside `x-…`. */
  readonly keys?: KeyTable;
  /** A mapping whose keys are names of the user's choice. */
  readonly each?: Shape;
  /** Items of a list. */
  readonly items?: Shape;
  /** The only texts accepted. */
  readonly values?: readonly string[];
  readonly required?: readonly string[];
}

/** A key of compose: either read into claims, or listed in the report with a reason. */
export interface KeyRule {
  readonly shape: Shape;
  /** Why no manifest carries it; absent where it is mapped. */
  readonly unmapped?: string;
}

/** Keys of one mapping. */
export type KeyTable = Readonly<Record<string, KeyRule>>;

/** A key that analysis reads. */
export function mapped(shape: Shape): KeyRule {
  return { shape };
}

/** A key that no manifest carries: `reason` follows its name in the report. */
export function unmapped(reason: string, shape: Shape): KeyRule {
  return { shape, unmapped: reason };
}

/** A mapping with the given keys. */
export function mappingOf(keys: KeyTable, required: readonly string[] = []): Shape {
  return { kinds: ['mapping'], keys, required };
}

/** A mapping from names of the user's choice. */
export function eachOf(each: Shape): Shape {
  return { kinds: ['mapping'], each };
}

/** A list. */
export function listOf(items: Shape): Shape {
  return { kinds: ['list'], items };
}

/** Any of several shapes: their kinds together, and the parts of each. */
export function anyOf(...shapes: readonly Shape[]): Shape {
  return Object.assign({}, ...shapes, { kinds: shapes.flatMap((shape) => shape.kinds) }) as Shape;
}

/** Text; compose refuses a bare number here. */
export const text: Shape = { kinds: ['string'] };
/** A whole number, or text of one. */
export const integer: Shape = { kinds: ['integer', 'string'] };
/** A number, or text of one. */
export const number: Shape = { kinds: ['number', 'string'] };
/** A boolean, or text of one. */
export const boolean: Shape = { kinds: ['boolean', 'string'] };
/** Null. */
export const nothing: Shape = { kinds: ['null'] };
/** Text, number or boolean: what an environment variable can be. */
export const scalar: Shape = { kinds: ['string', 'number', 'boolean', 'null'] };
/** A list of texts. */
export const texts: Shape = listOf(text);
/** One text, or several. */
export const textOrTexts: Shape = anyOf(text, texts);
/** `NAME: value`, or a list of `NAME=value`. */
export const pairs: Shape = anyOf(eachOf(scalar), texts);
/** Anything of a driver's own. */
export const options: Shape = eachOf(scalar);
/** One of a few words. */
export function oneOf(...values: readonly string[]): Shape {
  return { kinds: ['string'], values };
}
