// Parses the JSON of a review. Half of it is the object as it stands, which is put aside as text until an answer depends on it.
import { fieldAt, fieldsOf } from '../../src/api/foreign-fields.ts';

/** What a body says. */
export interface ParsedBody {
  /** The AdmissionReview; its `request.oldObject` may be null, whatever was sent, and what stands between that and `dryRun` may be missing. */
  value: unknown;
  /** `request.oldObject` as it was sent; undefined where it is no JSON. Never throws. */
  readOldObject: () => unknown;
}

/** As API servers write it: the old object stands between these, and a quote within a text would be escaped. */
const opening = ',"oldObject":{';
const closing = ',"dryRun":';

/** Undefined where it is no JSON; mistakes within the old object are seen by who reads it. */
export function parseBody(text: string): ParsedBody | undefined {
  const start = text.indexOf(opening) + opening.length - 1;
  const end = text.lastIndexOf(closing);
  const isFound = start >= opening.length && end > start;
  return (isFound ? parseAround(text, start, end) : undefined) ?? parseWhole(text);
}

/** All but what stands there. Undefined where that was not the old object alone: then the rest is no JSON, still has one, or lacks the new one. */
function parseAround(text: string, start: number, end: number): ParsedBody | undefined {
  const value = parse(`${text.slice(0, start)}null${text.slice(end)}`);
  const { object, oldObject } = fieldsOf(fieldAt(value, 'request'));
  if (oldObject !== null || object === undefined) return undefined;
  return {
    value,
    readOldObject: () => parse(text.slice(start, end)) ?? parseWhole(text)?.readOldObject(),
  };
}

function parseWhole(text: string): ParsedBody | undefined {
  const value = parse(text);
  return value === undefined
    ? undefined
    : { value, readOldObject: () => fieldAt(value, 'request', 'oldObject') };
}

/** JSON has no undefined. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is wrong with it is of no use to a machine that sent it.
    return undefined;
  }
}
