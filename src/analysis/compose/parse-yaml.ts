// Reads the YAML of a compose file into nodes with places: anchors, aliases and merge keys resolved, within bounds.
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Alias,
  type Document,
  type Node as YamlNode,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { createComposeError, showText } from './compose-error.ts';
import { applyMergeKeys } from './merge-keys.ts';
import type { ComposeNode, MappingNode, MergeTag, Place } from './node.ts';

/** Values of one file after aliases are resolved: enough for any real file, too few for an alias bomb. */
const MAX_NODES = 100_000;
const MAX_DEPTH = 64;
/** Characters of one file. */
const MAX_TEXT = 256 * 1024;
/** Brackets open at once, those in texts and comments included. */
const MAX_BRACKETS = 500;

interface Conversion {
  file: string;
  lines: LineCounter;
  anchors: Map<string, { node: ComposeNode; size: number }>;
  /** Values so far, those behind aliases counted each time. */
  size: number;
}

/** What yaml's error codes mean for the person at the keyboard; its own messages may quote the file's values. */
const PROBLEMS: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'an alias that names no anchor before it',
  BAD_INDENT: 'wrong indentation',
  BLOCK_AS_IMPLICIT_KEY: 'a nested mapping on one line',
  MISSING_CHAR: 'a quote, comma or bracket is missing',
  MULTILINE_IMPLICIT_KEY: 'a key that runs over several lines, or a missing colon',
  TAB_AS_INDENT: 'a tab in the indentation; YAML takes only spaces',
  UNEXPECTED_TOKEN: 'something that YAML does not expect here',
  RESOURCE_EXHAUSTION: 'too deeply nested',
};

/** The documents of a file, in order (compose merges them). Throws {@link DorguError} with file:line:column. */
export function parseYaml(text: string, file: string): ComposeNode[] {
  checkSize(text, file);
  const lines = new LineCounter();
  const documents = parseDocuments(text, file, lines);
  return documents.flatMap((document) => {
    const [problem] = document.errors;
    if (problem !== undefined) {
      const what = PROBLEMS[problem.code] ?? 'it is not valid YAML';
      throw createComposeError(
        'ComposeSyntax',
        placeAt(file, lines, problem.pos[0]),
        `expected YAML, found ${what}`,
      );
    }
    if (document.contents === null) return [];
    const conversion: Conversion = { file, lines, anchors: new Map(), size: 0 };
    return [convert(conversion, document.contents, 0)];
  });
}

// Looked at before the parser is: its time grows with the square of the depth.
function checkSize(text: string, file: string): void {
  const place: Place = { file, line: 1, column: 1 };
  if (text.length > MAX_TEXT) {
    throw createComposeError(
      'ComposeTooLarge',
      place,
      `expected a compose file of at most ${MAX_TEXT / 1024} KiB, found one of ${Math.ceil(text.length / 1024)}`,
    );
  }
  let depth = 0;
  for (const bracket of text.match(/[[{\]}]/g) ?? []) {
    depth = Math.max(0, depth + (bracket === '[' || bracket === '{' ? 1 : -1));
    if (depth > MAX_BRACKETS) throw createComposeError('ComposeTooLarge', place, 'too many nested brackets');
  }
  if (/(?:[-?:][ \t]){64}/.test(text))
    throw createComposeError('ComposeTooLarge', place, 'too many lists nested on one line');
}

function parseDocuments(text: string, file: string, lineCounter: LineCounter): Document.Parsed[] {
  try {
    const parsed = parseAllDocuments(text, {
      lineCounter,
      prettyErrors: false,
      uniqueKeys: false,
      strict: true,
      logLevel: 'silent',
    });
    return Array.isArray(parsed) ? parsed : [];
  } catch (error) {
    // The parser's own stack runs out at thousands of nested brackets.
    if (!(error instanceof RangeError)) throw error;
    throw createComposeError('ComposeTooLarge', { file, line: 1, column: 1 }, 'too deeply nested to be read');
  }
}

function placeAt(file: string, lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
}

function placeOf(conversion: Conversion, node: YamlNode): Place {
  return placeAt(conversion.file, conversion.lines, node.range?.[0] ?? 0);
}

function convert(conversion: Conversion, node: ParsedNode | YamlNode | null, depth: number): ComposeNode {
  if (node === null)
    return { kind: 'scalar', value: null, place: { file: conversion.file, line: 1, column: 1 } };
  const place = placeOf(conversion, node);
  if (depth > MAX_DEPTH)
    throw createComposeError('ComposeTooLarge', place, `more than ${MAX_DEPTH} levels deep`);
  if (isAlias(node)) return resolveAlias(conversion, node, place);
  grow(conversion, 1, place);
  const before = conversion.size;
  const converted = withTag(convertValue(conversion, node, depth, place), node.tag);
  if (node.anchor !== undefined)
    conversion.anchors.set(node.anchor, { node: converted, size: conversion.size - before + 1 });
  return converted;
}

function grow(conversion: Conversion, by: number, place: Place): void {
  conversion.size += by;
  if (conversion.size <= MAX_NODES) return;
  throw createComposeError(
    'ComposeTooLarge',
    place,
    `more than ${MAX_NODES} values once aliases are resolved`,
  );
}

function resolveAlias(conversion: Conversion, alias: Alias, place: Place): ComposeNode {
  const anchored = conversion.anchors.get(alias.source);
  if (anchored === undefined) {
    throw createComposeError(
      'ComposeSyntax',
      place,
      `expected an anchor &${alias.source.slice(0, 60)} before this alias, found none`,
    );
  }
  grow(conversion, anchored.size, place);
  return anchored.node;
}

function convertValue(
  conversion: Conversion,
  node: Scalar | YAMLMap | YAMLSeq,
  depth: number,
  place: Place,
): ComposeNode {
  if (isMap(node)) return convertMapping(conversion, node, depth, place);
  if (isSeq(node)) {
    const items = node.items.map((item) => convert(conversion, asNode(item), depth + 1));
    return { kind: 'list', items, place };
  }
  return { kind: 'scalar', value: toScalar(node), place };
}

function toScalar(node: Scalar): string | number | boolean | null {
  const { value, source } = node;
  if (typeof value === 'number') return isExact(value) ? value : (source ?? String(value));
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  return source ?? '';
}

// A number that JavaScript cannot hold stays the text that was written.
function isExact(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

function asNode(value: unknown): YamlNode | null {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value) ? value : null;
}

function convertMapping(conversion: Conversion, map: YAMLMap, depth: number, place: Place): MappingNode {
  const entries = new Map<string, ComposeNode>();
  const keyPlaces = new Map<string, Place>();
  for (const pair of map.items) {
    const keyNode = asNode(pair.key);
    const keyPlace = keyNode === null ? place : placeOf(conversion, keyNode);
    const key = toKey(conversion, keyNode, keyPlace);
    const first = keyPlaces.get(key);
    if (first !== undefined) {
      throw createComposeError(
        'ComposeSyntax',
        keyPlace,
        `the key ${showText(key)} stands twice, first in line ${first.line}`,
        `Remove one of them, or write their values together.`,
      );
    }
    keyPlaces.set(key, keyPlace);
    const value = asNode(pair.value);
    entries.set(
      key,
      value === null
        ? { kind: 'scalar', value: null, place: keyPlace }
        : convert(conversion, value, depth + 1),
    );
  }
  return applyMergeKeys({ kind: 'mapping', entries, keyPlaces, place });
}

function toKey(conversion: Conversion, node: YamlNode | null, place: Place): string {
  const resolved = isAlias(node) ? conversion.anchors.get(node.source)?.node : undefined;
  if (resolved?.kind === 'scalar') return String(resolved.value);
  if (isScalar(node)) return String(toScalar(node));
  throw createComposeError('ComposeSyntax', place, 'expected a text as key, found something else');
}

function withTag<T extends ComposeNode>(node: T, tag: string | undefined): T {
  const mergeTag: MergeTag | undefined =
    tag === '!reset' ? 'reset' : tag === '!override' ? 'override' : undefined;
  return mergeTag === undefined ? node : { ...node, tag: mergeTag };
}
