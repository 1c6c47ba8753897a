// What is wrong with a settings file, and where: the shape of a problem, and the error that a list of them makes.
import { DorguError } from '../api/errors.ts';
import type { FileLayer } from './field.ts';

/** Path to a value: the keys and indexes that lead there. */
export type ValuePath = readonly (string | number)[];

/** A place in a file, line and column from 1. */
export interface Place {
  path: string;
  line: number;
  column: number;
}

/** A file whose values can be found again. */
export interface LocatedFile {
  layer: FileLayer;
  /** Where the value stands, or its key where `atKey` is set. */
  locate(path: ValuePath, atKey?: boolean): Place;
}

/** One problem of a settings file: a line for a person, and what to do. */
export interface SettingsProblem {
  place: Place;
  message: string;
  hint?: string | undefined;
}

/** The first problem in the file as the message, the others as its details. */
export function createInvalidError(problems: readonly SettingsProblem[]): DorguError {
  const sorted = [...problems].sort(
    (left, right) => left.place.line - right.place.line || left.place.column - right.place.column,
  );
  const [first = '', ...others] = sorted.map(
    ({ place, message }) => `${place.path}:${place.line}:${place.column}: ${message}`,
  );
  const details = others.map((line, index) => {
    const hint = sorted[index + 1]?.hint;
    return hint === undefined ? line : `${line} (${hint})`;
  });
  return new DorguError('SettingsInvalid', first, { hint: sorted[0]?.hint, details });
}
