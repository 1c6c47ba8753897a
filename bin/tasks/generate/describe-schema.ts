// Turns a schema's facts into words: its description with default, range and shape, for the CRD, the types and the reference page.
import type { Schema } from '../../../src/api/schema/schema.ts';

/** The description, with what the schema says beside it. */
export function describeSchema(schema: Schema): string {
  return [schema.description, ...describeFacts(schema).map((fact) => `${fact}.`)].join(' ');
}

/** Default, range and shape, one phrase each. */
export function describeFacts(schema: Schema): string[] {
  const facts = [
    describeDefault(schema),
    describeRange(schema),
    describeShape(schema),
    describeCount(schema),
  ];
  return facts.filter((fact) => fact !== undefined);
}

function describeDefault({ default: fallback }: Schema): string | undefined {
  if (fallback === undefined || typeof fallback === 'object') return undefined;
  return `Default: ${fallback}`;
}

function describeRange({ type, minimum, maximum }: Schema): string | undefined {
  if (type !== 'integer' || minimum === undefined || maximum === undefined) return undefined;
  return maximum >= 2_147_483_647 ? `Range: ${minimum} and up` : `Range: ${minimum} to ${maximum}`;
}

function describeShape({ expects, maxLength }: Schema): string | undefined {
  if (expects === undefined) return undefined;
  return maxLength === undefined
    ? `Has to be ${expects}`
    : `Has to be ${expects}; at most ${maxLength} characters`;
}

function describeCount({ type, maxItems, listType, keys = [] }: Schema): string | undefined {
  if (maxItems === undefined) return undefined;
  const unique = { map: `, no two with the same ${keys.join(' and ')}`, set: ', none twice', atomic: '' };
  return `At most ${maxItems} ${type === 'map' ? 'entries' : 'items'}${listType ? unique[listType] : ''}`;
}
