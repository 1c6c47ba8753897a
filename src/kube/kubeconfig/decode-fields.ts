// Reads foreign values by a table of fields, as Go's JSON does for kubectl: unknown fields are passed over, null is absent, other types are errors.
import { compareText } from '../../api/compare-text.ts';
import type { Extension } from './kubeconfig.ts';

/** What a field has to be. */
export type FieldType =
  | 'text'
  | 'boolean'
  | 'base64'
  | 'texts'
  | 'textMap'
  | 'textsMap'
  | 'extensions'
  | 'variables'
  | { fields: FieldTable }
  | { list: FieldTable };

/** The fields of an object, by name. */
export type FieldTable = Readonly<Record<string, FieldType>>;

/** The way from the file's root to a value. */
export type ValuePath = readonly (string | number)[];

/** A value that is not what its field has to be. */
export class WrongValue extends Error {
  readonly path: ValuePath;

  constructor(path: ValuePath, message: string) {
    super(message);
    this.name = 'WrongValue';
    this.path = path;
  }
}

/** What a decoded object is: own fields only, without those that are empty. */
export type Decoded = Record<string, unknown>;

/** The object by its table. @throws WrongValue */
export function decodeFields(value: unknown, table: FieldTable, path: ValuePath): Decoded {
  const decoded: Decoded = {};
  if (value === null || value === undefined) return decoded;
  const fields = expectMap(value, path);
  for (const [name, type] of Object.entries(table)) {
    if (!Object.hasOwn(fields, name)) continue;
    const found = decodeValue(fields[name], type, [...path, name]);
    if (found !== undefined && !isZero(found)) decoded[name] = found;
  }
  return decoded;
}

function decodeValue(value: unknown, type: FieldType, path: ValuePath): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof type === 'object') {
    if ('fields' in type) return decodeFields(value, type.fields, path);
    return expectList(value, path).map((item, index) => decodeFields(item, type.list, [...path, index]));
  }
  return decodePlain[type](value, path);
}

const decodePlain = {
  text: expectText,
  boolean: (value: unknown, path: ValuePath) => {
    if (typeof value !== 'boolean')
      throw new WrongValue(path, `expected true or false, found ${describe(value)}`);
    return value;
  },
  base64: expectBase64,
  texts: expectTexts,
  textMap: (value: unknown, path: ValuePath) => decodeMap(value, path, expectText),
  textsMap: (value: unknown, path: ValuePath) => decodeMap(value, path, expectTexts),
  extensions: decodeExtensions,
  variables: decodeVariables,
} satisfies Record<string, (value: unknown, path: ValuePath) => unknown>;

function expectText(value: unknown, path: ValuePath): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') throw new WrongValue(path, `expected text, found ${describe(value)}`);
  return value;
}

function expectTexts(value: unknown, path: ValuePath): string[] {
  if (value === null || value === undefined) return [];
  return expectList(value, path).map((item, index) => expectText(item, [...path, index]));
}

/** The canonical form; line breaks within are fine, as for Go. */
function expectBase64(value: unknown, path: ValuePath): string {
  const text = expectText(value, path).replace(/[\r\n]/g, '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text))
    throw new WrongValue(path, 'expected base64, found other text');
  return Buffer.from(text, 'base64').toString('base64');
}

function decodeMap<T>(value: unknown, path: ValuePath, decode: (value: unknown, path: ValuePath) => T) {
  const map = Object.create(null) as Record<string, T>;
  for (const [key, item] of Object.entries(expectMap(value, path))) map[key] = decode(item, [...path, key]);
  return map;
}

/** Of the environment; a name or value that is not there is empty. */
function decodeVariables(value: unknown, path: ValuePath): { name: string; value: string }[] {
  return expectList(value, path).map((item, index) => {
    const fields = item === null ? {} : expectMap(item, [...path, index]);
    return {
      name: expectText(fields['name'], [...path, index, 'name']),
      value: expectText(fields['value'], [...path, index, 'value']),
    };
  });
}

/** Named values of any kind, sorted by name. */
function decodeExtensions(value: unknown, path: ValuePath): Extension[] {
  const extensions = expectList(value, path).map((item, index) => {
    const fields = item === null ? {} : expectMap(item, [...path, index]);
    return {
      name: expectText(fields['name'], [...path, index, 'name']),
      extension: fields['extension'] ?? null,
    };
  });
  expectUnique(extensions, path);
  return sortByName(extensions);
}

/** As kubectl prints them. */
export function sortByName<T extends { name: string }>(entries: readonly T[]): T[] {
  return [...entries].sort((one, other) => compareText(one.name, other.name));
}

/** A name stands for one entry of a list. @throws WrongValue */
export function expectUnique(entries: readonly { name: string }[], path: ValuePath): void {
  const names = new Set<string>();
  entries.forEach(({ name }, index) => {
    if (names.has(name))
      throw new WrongValue([...path, index], `the name ${JSON.stringify(name)} stands there twice`);
    names.add(name);
  });
}

/** The value as an object. @throws WrongValue */
export function expectMap(value: unknown, path: ValuePath): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  throw new WrongValue(path, `expected fields, found ${describe(value)}`);
}

function expectList(value: unknown, path: ValuePath): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new WrongValue(path, `expected a list, found ${describe(value)}`);
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text';
  return typeof value === 'object' ? 'fields' : `a ${typeof value}`;
}

/** Texts and switches at their zero value say nothing; a list or an object that is there is there, even without content. */
function isZero(value: unknown): boolean {
  return value === '' || value === false;
}
