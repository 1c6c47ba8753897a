// One settings file, parsed and validated: its values, and the line and column of each.
import { LineCounter, isMap, isNode, isScalar, parseDocument, type Document } from 'yaml';
import { DorguError } from '../api/errors.ts';
import type { FileLayer } from './field.ts';
import * as validators from './generated/validators.js';
import { createInvalidError, type LocatedFile, type ValuePath } from './settings-problem.ts';
import { describeShapeError } from './shape-message.ts';

/** A file whose shape is right. */
export interface SettingsFile extends LocatedFile {
  /** As it is shown to a person. */
  path: string;
  /** What is there: text of scalars as written, lists and maps of such; undefined where there is nothing (null and '' are nothing). */
  read(path: ValuePath): unknown;
}

/** Parses and validates. Throws DorguError SettingsSyntax (not YAML) or SettingsInvalid with every place that is wrong. */
export function parseSettingsFile(text: string, path: string, layer: FileLayer): SettingsFile {
  const lines = new LineCounter();
  const document = parseYaml(text, path, lines);
  const data = toData(document, path);
  const file: SettingsFile = {
    layer,
    path,
    read: (at) => toRaw(readOwn(data, at), document, at),
    locate: (at, atKey = false) => {
      const offset = findOffset(document, at, atKey);
      const { line, col } = lines.linePos(offset);
      return { path, line: Math.max(1, line), column: Math.max(1, col) };
    },
  };
  const validate = validators[layer];
  if (!validate(data)) {
    const problems = (validate.errors ?? []).map((error) => describeShapeError(error, data, file));
    throw createInvalidError(problems);
  }
  return file;
}

/** Deeper than any settings; the parser's time grows with the square of the depth. */
const MAX_NESTING = 100;

function parseYaml(text: string, path: string, lines: LineCounter): Document {
  if (measureNesting(text) > MAX_NESTING) {
    throw new DorguError(
      'SettingsSyntax',
      `${path}: cannot be read as YAML: brackets are nested over ${MAX_NESTING} deep`,
      {
        hint: 'a bracket that is not closed, most likely',
      },
    );
  }
  let document: Document;
  try {
    document = parseDocument(text.replace(/^\ufeff/, ''), {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      merge: true,
    });
  } catch (cause) {
    // Whatever the parser throws is about the text, not about us.
    throw new DorguError('SettingsSyntax', `${path}: cannot be read as YAML`, { cause });
  }
  const [error] = document.errors;
  if (error === undefined) return document;
  const { line, col } = lines.linePos(error.pos[0]);
  throw new DorguError('SettingsSyntax', `${path}:${line}:${col}: not YAML: ${error.message}`, {
    hint: 'look at that line: indentation, quotes and colons are what goes wrong most',
  });
}

/** How deep brackets are nested; those within quotes count, too. */
function measureNesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === '[' || character === '{') deepest = Math.max(deepest, (depth += 1));
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
  }
  return deepest;
}

function toData(document: Document, path: string): unknown {
  try {
    return (document.toJS({ maxAliasCount: 100 }) as unknown) ?? null;
  } catch (cause) {
    throw new DorguError('SettingsSyntax', `${path}: its aliases cannot be resolved`, { cause });
  }
}

/** Follows own keys only, so that `constructor` in a file is a key as any other. */
function readOwn(data: unknown, path: ValuePath): unknown {
  let value = data;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

function toRaw(value: unknown, document: Document, path: ValuePath): unknown {
  if (value === null || value === undefined || value === '') return undefined;
  if (Array.isArray(value)) return value.map((item, index) => toRaw(item, document, [...path, index]));
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(([key, item]) => [key, toRaw(item, document, [...path, key])]);
    return Object.fromEntries(entries.map(([key, item]) => [key, item ?? ''])) as unknown;
  }
  return typeof value === 'number' ? toSource(value, document, path) : `${value as string | boolean}`;
}

/** `tag: 1.10` is a number to YAML, and 1.10 to the person who wrote it. */
function toSource(value: number, document: Document, path: ValuePath): string {
  const node = document.getIn(path, true);
  return isScalar(node) && node.source !== undefined ? node.source : String(value);
}

/** Offset of the deepest part of the path that is in the text itself (a merged key is not). */
function findOffset(document: Document, path: ValuePath, atKey: boolean): number {
  for (let length = path.length; length > 0; length -= 1) {
    const key = findKey(document, path.slice(0, length));
    const value: unknown = document.getIn(path.slice(0, length), true);
    const offset = (atKey ? startOf(key) : undefined) ?? startOf(value) ?? startOf(key);
    if (offset !== undefined) return offset;
  }
  return 0;
}

/** The node of the path's last key; undefined for an item of a list. */
function findKey(document: Document, path: ValuePath): unknown {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  return parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))?.key;
}

const startOf = (node: unknown) => (isNode(node) ? node.range?.[0] : undefined);
