// Says in words what a validator found wrong with a settings file, where, and what was probably meant.
import type { ShapeError } from '../api/validate-function.ts';
import type { FileLayer } from './field.ts';
import { fileSchemas } from './file-schemas.ts';
import { findNearest } from '../api/nearest-word.ts';
import type { LocatedFile, SettingsProblem, ValuePath } from './settings-problem.ts';
import type { JsonSchema } from './value-kind.ts';

const FILE_NAMES: Record<FileLayer, string> = {
  app: '.dorgu.yaml',
  workspace: '.dorgu-workspace.yaml',
  global: 'the global config.yaml',
};

/** One line with place, key, expected and found. */
export function describeShapeError(
  { instancePath, keyword, params }: ShapeError,
  data: unknown,
  file: LocatedFile,
): SettingsProblem {
  const path = instancePath.split('/').slice(1).map(unescapePointer);
  if (keyword === 'additionalProperties') {
    return describeUnknownKey(path, String(params['additionalProperty']), file);
  }
  const name = path.length === 0 ? 'the file' : path.join('.');
  const found = describeValue(readPath(data, path));
  return {
    place: file.locate(path),
    message: `${name}: expected ${describeExpected(keyword, params)}, found ${found}`,
  };
}

function describeUnknownKey(path: readonly string[], key: string, file: LocatedFile): SettingsProblem {
  const known = Object.keys(findSchema(fileSchemas[file.layer], path)?.properties ?? {});
  const near = findNearest(key, known);
  const elsewhere = (Object.keys(FILE_NAMES) as FileLayer[]).find(
    (layer) =>
      layer !== file.layer && Object.hasOwn(findSchema(fileSchemas[layer], path)?.properties ?? {}, key),
  );
  const full = [...path, key].join('.');
  const place = file.locate([...path, key], true);
  const message = `unknown key ${JSON.stringify(full)}`;
  if (near !== undefined) return { place, message, hint: `did you mean ${near}?` };
  if (elsewhere !== undefined) return { place, message, hint: `it belongs into ${FILE_NAMES[elsewhere]}` };
  return { place, message, hint: `known here: ${known.join(', ')}` };
}

/** The schema of what stands at the path. */
function findSchema(root: JsonSchema, path: readonly string[]): JsonSchema | undefined {
  return path.reduce<JsonSchema | undefined>(
    (schema, part) => (schema === undefined ? undefined : descend(schema, part)),
    root,
  );
}

function descend({ properties = {}, items, additionalProperties }: JsonSchema, part: string) {
  if (Object.hasOwn(properties, part)) return properties[part];
  return items ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
}

function describeExpected(keyword: string, params: Readonly<Record<string, unknown>>): string {
  switch (keyword) {
    case 'type':
      return toList(params['type'])
        .filter((type, _, all) => type !== 'null' && (type === 'string' || !all.includes('string')))
        .map((type) => TYPE_NAMES.get(type) ?? type)
        .join(' or ');
    case 'enum':
      return describeChoice(toList(params['allowedValues']));
    case 'minimum':
      return `at least ${String(params['limit'])}`;
    case 'maximum':
      return `at most ${String(params['limit'])}`;
    case 'required':
      return `the key ${JSON.stringify(params['missingProperty'])}`;
    case 'maxLength':
      return `at most ${String(params['limit'])} characters`;
    default:
      return `at most ${String(params['limit'])} entries`;
  }
}

/** Each word once; nothing and null are never what is expected. */
function describeChoice(words: readonly string[]): string {
  const choices = [...new Set(words)].filter((word) => word !== '' && word !== 'null');
  return choices.length === 1 ? (choices[0] ?? '') : `one of ${choices.join(', ')}`;
}

const TYPE_NAMES = new Map([
  ['object', 'a section of keys'],
  ['array', 'a list'],
  ['string', 'text'],
  ['integer', 'a whole number'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
]);

const toList = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [String(value)]);

const unescapePointer = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~');

function readPath(data: unknown, path: ValuePath): unknown {
  let value = data;
  for (const part of path) value = Object.getOwnPropertyDescriptor(Object(value), part)?.value;
  return value;
}

/** Short, whatever it is. */
function describeValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a section of keys';
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
