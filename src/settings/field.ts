// What one setting is: its kind of value, and its place in each source.
import type { ValueKind } from './value-kind.ts';

/** The sources of a value, the strongest first: the same order for every setting. */
export const LAYERS = ['flag', 'app', 'workspace', 'environment', 'global', 'cluster', 'default'] as const;
export type Layer = (typeof LAYERS)[number];

/** The layers that are files. */
export type FileLayer = 'app' | 'workspace' | 'global';

/** Where a setting stands in each source; a path's parts are separated by dots. Absent: it cannot be set there. */
export interface Places {
  app?: string;
  workspace?: string;
  global?: string;
  /** Name of the variable. */
  environment?: string;
  /** Name of the flag without dashes. */
  flag?: string;
}

/** One setting. */
export interface Field<T> {
  kind: ValueKind<T>;
  /** One sentence for `config list`, the reference and editors. */
  summary: string;
  places: Places;
  /** What holds when nobody says anything. */
  default?: T;
  /** Masked wherever it is printed. */
  isSecret?: boolean;
}

/** The name of a setting (`scaling.min_replicas`) as a variable: `DORGU_SCALING_MIN_REPLICAS`. */
export function toVariableName(key: string): string {
  return `DORGU_${key.replaceAll('.', '_').toUpperCase()}`;
}

/** A setting that may stand in every source, at its own name in the app file and below `defaults` in the others. */
export function createField<T>(
  key: string,
  kind: ValueKind<T>,
  summary: string,
  { places = {}, ...rest }: { places?: Places; default?: NoInfer<T>; isSecret?: boolean } = {},
): Field<T> {
  return {
    kind,
    summary,
    ...rest,
    places: {
      app: key,
      workspace: `defaults.${key}`,
      global: `defaults.${key}`,
      environment: toVariableName(key),
      ...places,
    },
  };
}

/** A setting that only makes sense for one application: no place in the files that hold for many. */
export function createAppField<T>(
  key: string,
  kind: ValueKind<T>,
  summary: string,
  places: Places = {},
): Field<T> {
  return { kind, summary, places: { app: key, environment: toVariableName(key), ...places } };
}
