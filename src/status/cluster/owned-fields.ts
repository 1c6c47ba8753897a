// What of an object's spec a field manager has set: the values to keep when it applies again and knows less than before.
import { fieldAt, fieldsOf, listOf, type Fields } from '../../api/foreign-fields.ts';

/** The fields of `spec` that the manager owns by server-side apply, with their values; lists whole. */
export function pickOwnedSpec(object: unknown, manager: string): Fields {
  const entry = listOf(fieldAt(object, 'metadata', 'managedFields')).find(
    (one) =>
      fieldAt(one, 'manager') === manager &&
      fieldAt(one, 'operation') === 'Apply' &&
      fieldAt(one, 'subresource') === undefined,
  );
  return pick(fieldsOf(fieldAt(object, 'spec')), fieldAt(entry, 'fieldsV1', 'f:spec'));
}

function pick(value: Fields, owned: unknown): Fields {
  const picked = Object.entries(fieldsOf(owned)).flatMap(([key, below]): [string, unknown][] => {
    if (!key.startsWith('f:')) return [];
    const name = key.slice(2);
    const field = fieldAt(value, name);
    if (field === undefined) return [];
    const isMap = typeof field === 'object' && field !== null && !Array.isArray(field);
    return [[name, isMap && hasFields(below) ? pick(fieldsOf(field), below) : field]];
  });
  return Object.fromEntries(picked);
}

function hasFields(owned: unknown): boolean {
  return Object.keys(fieldsOf(owned)).some((key) => key.startsWith('f:'));
}

/** `base` with what `over` says in its place; objects are merged, all else is replaced. */
export function mergeFields(base: Fields, over: Fields): Fields {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const before = merged.get(key);
    const areObjects = [before, value].every(
      (one) => typeof one === 'object' && one !== null && !Array.isArray(one),
    );
    merged.set(key, areObjects ? mergeFields(fieldsOf(before), fieldsOf(value)) : value);
  }
  return Object.fromEntries(merged);
}
