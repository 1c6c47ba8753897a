// Turns what a generated validator found into words, with the schema's own names for what it expects.
import { formatPath, showFound } from './persona-problem.ts';
import type { PersonaProblem } from './persona-problem.ts';
import type { Schema } from './schema/schema.ts';
import type { ShapeError } from './validate-function.ts';

const nameExpects = 'a DNS name: lower-case letters, digits, - and .';

/** The problem that the error stands for, in an object whose spec and status have these schemas. */
export function toProblem(
  error: ShapeError,
  root: unknown,
  schemas: Readonly<Record<string, Schema>>,
): PersonaProblem {
  const { segments, value } = followPointer(error.instancePath, root);
  const schema = findSchema(segments, schemas);
  const missing = error.keyword === 'required' ? [String(error.params['missingProperty'])] : [];
  const key = error.keyword === 'propertyNames' ? [String(error.params['propertyName'])] : [];
  const path = formatPath([...segments, ...missing, ...key]);
  if (missing.length > 0) return { path, message: 'is required' };
  if (key.length > 0)
    return { path, message: 'expected a label or annotation key such as team or example.com/team' };
  return {
    path,
    message: `expected ${describeExpected(error, schema)}, found ${describeFound(error, value)}`,
  };
}

/** Whether the error is about a key of an object; ajv reports that once more as `propertyNames`, with the key's name. */
export function isRepeatedForKey({ keyword, instancePath }: ShapeError, root: unknown): boolean {
  const isAboutText = keyword === 'pattern' || keyword === 'minLength' || keyword === 'maxLength';
  return isAboutText && typeof followPointer(instancePath, root).value !== 'string';
}

function followPointer(pointer: string, root: unknown): { segments: (string | number)[]; value: unknown } {
  const segments: (string | number)[] = [];
  let value = root;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    segments.push(Array.isArray(value) ? Number(key) : key);
    value = new Map(Object.entries(value ?? {})).get(key);
  }
  return { segments, value };
}

function findSchema(
  segments: readonly (string | number)[],
  schemas: Readonly<Record<string, Schema>>,
): Schema | undefined {
  let fields: Readonly<Record<string, Schema>> | undefined = schemas;
  let schema: Schema | undefined;
  for (const segment of segments) {
    const next: Schema | undefined =
      schema?.items ?? (fields && Object.hasOwn(fields, segment) ? fields[segment] : undefined);
    if (!next) return undefined;
    schema = next;
    fields = next.properties;
  }
  return schema;
}

/** What each keyword of JSON schema expects, for people. */
const expectations: Readonly<
  Record<string, (params: Readonly<Record<string, unknown>>, schema?: Schema) => string>
> = {
  type: ({ type }) => (Array.isArray(type) ? type.join(' or ') : String(type)),
  enum: ({ allowedValues }) =>
    Array.isArray(allowedValues) ? `one of ${allowedValues.join(', ')}` : 'another word',
  const: ({ allowedValue }) => String(allowedValue),
  pattern: (_params, schema) => schema?.expects ?? nameExpects,
  minLength: () => 'text that is not empty',
  maxLength: ({ limit }) => `at most ${String(limit)} characters`,
  minItems: ({ limit }) => `at least ${String(limit)} items`,
  maxItems: ({ limit }) => `at most ${String(limit)} items`,
  maxProperties: ({ limit }) => `at most ${String(limit)} entries`,
  minimum: ({ limit }, schema) => range(schema) ?? `${String(limit)} or more`,
  maximum: ({ limit }, schema) => range(schema) ?? `${String(limit)} or less`,
};

function range(schema: Schema | undefined): string | undefined {
  if (schema?.minimum === undefined || schema.maximum === undefined) return undefined;
  return `${schema.minimum} to ${schema.maximum}`;
}

function describeExpected({ keyword, params }: ShapeError, schema: Schema | undefined): string {
  return expectations[keyword]?.(params, schema) ?? `what ${keyword} asks for`;
}

/** YAML 1.1, which kubectl reads, takes a bare `off` for false. */
function isWordTakenForFalse(words: unknown, value: unknown): boolean {
  return value === false && Array.isArray(words) && words.includes('off');
}

function describeFound({ keyword, params }: ShapeError, value: unknown): string {
  if (keyword === 'enum' && isWordTakenForFalse(params['allowedValues'], value))
    return 'false: write "off" in quotes';
  if (keyword === 'maxLength' && typeof value === 'string') return `${Array.from(value).length}`;
  if (/Items$/.test(keyword) && Array.isArray(value)) return `${value.length}`;
  if (keyword === 'maxProperties') return `${Object.keys(value ?? {}).length}`;
  return showFound(value);
}
