// The settings that one source gives: read at their places, parsed, each with its origin.
import { DorguError } from '../api/errors.ts';
import type { Field, Layer } from './field.ts';
import { fieldList, type FieldName } from './fields.ts';
import { findNearest } from '../api/nearest-word.ts';
import type { Origin } from './settings.ts';
import { type SettingsFile } from './settings-file.ts';
import { createInvalidError, type SettingsProblem } from './settings-problem.ts';

/** A value with its origin. */
export interface Setting {
  value: unknown;
  origin: Origin;
}

/** What one source sets. */
export type LayerValues = ReadonlyMap<FieldName, Setting>;

/** The values of a file. Throws DorguError SettingsInvalid naming line and column of every value that cannot be read. */
export function readFileLayer(file: SettingsFile): LayerValues {
  const values = new Map<FieldName, Setting>();
  const problems: SettingsProblem[] = [];
  for (const [name, field] of fieldList) {
    const place = field.places[file.layer];
    if (place === undefined) continue;
    const path = place.split('.');
    const result = readField(file, path, field);
    if (result === undefined) continue;
    if ('message' in result) problems.push(result);
    else values.set(name, { value: result.value, origin: toOrigin(file, path) });
  }
  if (problems.length > 0) throw createInvalidError(problems);
  return values;
}

/** One value at its place: nothing, the value, or what is wrong with it. */
export function readField(
  file: SettingsFile,
  path: readonly string[],
  { kind, isSecret = false }: Field<unknown>,
): { value: unknown } | SettingsProblem | undefined {
  const raw = file.read(path);
  if (raw === undefined) return undefined;
  const parsed = kind.parse(raw);
  if (parsed.ok) return { value: parsed.value };
  const found = isSecret ? 'something else' : show(raw);
  return {
    place: file.locate(path),
    message: `${path.join('.')}: expected ${parsed.expected}, found ${found}`,
  };
}

function toOrigin(file: SettingsFile, path: readonly string[]): Origin {
  const { path: shown, line } = file.locate(path, true);
  return { layer: file.layer, where: `${shown}:${line}` };
}

/** The DORGU_ variables; an empty one is not set. Throws DorguError SettingsInvalid. */
export function readEnvironmentLayer(env: Readonly<Record<string, string | undefined>>): LayerValues {
  return readTexts(
    'environment',
    ({ places }) => places.environment,
    (name) => name,
    env,
  );
}

/** The flags, by name without dashes. Throws DorguError BadFlagValue (usage). */
export function readFlagLayer(flags: Readonly<Record<string, unknown>>): LayerValues {
  return readTexts(
    'flag',
    ({ places }) => places.flag,
    (name) => `--${name}`,
    flags,
  );
}

function readTexts(
  layer: Layer,
  nameOf: (field: Field<unknown>) => string | undefined,
  spell: (name: string) => string,
  source: Readonly<Record<string, unknown>>,
): LayerValues {
  const values = new Map<FieldName, Setting>();
  for (const [name, field] of fieldList) {
    const sourceName = nameOf(field);
    if (sourceName === undefined || !Object.hasOwn(source, sourceName)) continue;
    const raw = toText(source[sourceName]);
    if (raw === '') continue;
    const parsed = field.kind.parse(raw);
    const where = spell(sourceName);
    if (!parsed.ok) throw createTextError(layer, where, parsed.expected, field.isSecret ? '…' : raw);
    values.set(name, { value: parsed.value, origin: { layer, where } });
  }
  return values;
}

/** A flag's value as it could have been typed; '' where it is not set. */
function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function createTextError(layer: Layer, where: string, expected: string, raw: string): DorguError {
  const message = `${where}: expected ${expected}, found ${show(raw)}`;
  return layer === 'flag'
    ? new DorguError('BadFlagValue', message, {
        hint: 'kubectl dorgu generate -h lists the flags',
      })
    : new DorguError('SettingsInvalid', message, { hint: `unset ${where}, or export it with such a value` });
}

/** What holds when nobody says anything. */
export function readDefaultLayer(): LayerValues {
  return new Map(
    fieldList
      .filter(([, field]) => field.default !== undefined)
      .map(([name, field]) => [
        name,
        { value: field.default, origin: { layer: 'default', where: 'default' } },
      ]),
  );
}

/** Variables that look like misspelt settings, one line each. Others with that prefix are another program's business. */
export function findUnknownVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = fieldList.flatMap(([, { places }]) => places.environment ?? []);
  return Object.keys(env)
    .filter((name) => name.startsWith('DORGU_') && !known.includes(name))
    .sort()
    .flatMap((name) => {
      const near = findNearest(name, known);
      return near === undefined ? [] : [`${name} is not a setting: did you mean ${near}?`];
    });
}

function show(raw: unknown): string {
  const text = JSON.stringify(raw);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
