// The names that `kubectl dorgu config` takes: a setting's own (`registry`) or its place in the global file (`defaults.registry`).
import { DorguError } from '../api/errors.ts';
import { fieldList, type FieldName } from './fields.ts';
import type { Field } from './field.ts';
import { findNearest } from '../api/nearest-word.ts';

/** A setting of the global file. */
export interface UserKey {
  name: FieldName;
  field: Field<unknown>;
  /** Its place in the file. */
  place: string;
}

/** All of them, in the order of the table. */
export const userKeys: readonly UserKey[] = fieldList.flatMap(([name, field]) =>
  field.places.global === undefined ? [] : [{ name, field, place: field.places.global }],
);

/** By either name. Throws DorguError UnknownKey (usage) with the nearest one. */
export function findUserKey(key: string): UserKey {
  const found = userKeys.find(({ name, place }) => name === key || place === key);
  if (found) return found;
  const elsewhere = fieldList.find(([name]) => name === key);
  const near = findNearest(
    key,
    userKeys.flatMap(({ name, place }) => [name, place]),
  );
  throw new DorguError('UnknownKey', `unknown key ${JSON.stringify(key)}`, {
    hint:
      near !== undefined
        ? `did you mean ${near}?`
        : elsewhere !== undefined
          ? `${key} is a setting of one application: it belongs into its .dorgu.yaml`
          : 'kubectl dorgu config list --all shows every key',
  });
}

/** The value as it may be printed: of a secret the last four characters, and only where it is long. */
export function showValue({ isSecret = false }: Pick<Field<unknown>, 'isSecret'>, value: unknown): unknown {
  if (!isSecret || value === undefined) return value;
  return typeof value === 'string' && value.length >= 12 ? `********${value.slice(-4)}` : '********';
}
