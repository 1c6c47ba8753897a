// Where each value of a document stands in its text, found again by path.
import type { FieldPath } from './manifest.ts';

/** A value's place and those of its parts; offsets count UTF-16 units from the start of the text. */
export interface Place {
  /** Of the key for a field, of the value elsewhere. */
  offset: number;
  fields?: ReadonlyMap<string, Place>;
  items?: readonly Place[];
}

/** A field name, an index in brackets, or a name in brackets and quotes. */
const SEGMENT = /\.?([^.[\]"]+)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*")\]/y;

/** The path in parts; what cannot be read ends it. */
export function parsePath(path: FieldPath): readonly (string | number)[] {
  if (typeof path !== 'string') return path;
  const segments: (string | number)[] = [];
  const pattern = new RegExp(SEGMENT);
  for (let match = pattern.exec(path); match !== null; match = pattern.exec(path)) {
    const [, name, index, quoted] = match;
    if (name !== undefined) segments.push(name);
    else if (index !== undefined) segments.push(Number(index));
    else segments.push(readQuoted(quoted ?? '""'));
  }
  return segments;
}

function readQuoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}

/** Offset of the value at the path, or of the deepest value on the way that is there. */
export function findOffset(root: Place, path: FieldPath): number {
  let place = root;
  for (const segment of parsePath(path)) {
    const next = typeof segment === 'number' ? place.items?.[segment] : place.fields?.get(segment);
    if (next === undefined) break;
    place = next;
  }
  return place.offset;
}
