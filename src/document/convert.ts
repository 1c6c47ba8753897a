// Turns nodes of the YAML library into values and their places: aliases, merge keys and tags resolved, within bounds.
import { isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { MAX_DEPTH, MIN_VALUES } from './limits.ts';
import { ManifestFault } from './manifest-problem.ts';
import type { Place } from './place.ts';
import { resolvePlain } from './plain-scalar.ts';

/** A value and where its parts are. */
export interface Converted {
  value: unknown;
  place: Place;
}

interface Conversion {
  anchors: Map<string, Converted & { size: number }>;
  size: number;
  maxSize: number;
}

/** Converts the contents of a document of `length` characters. Throws {@link ManifestFault} with the offset. */
export function convertDocument(contents: Node, length: number): Converted {
  const conversion = { anchors: new Map(), size: 0, maxSize: Math.max(MIN_VALUES, length) };
  return convert(conversion, contents, 0, offsetOf(contents));
}

const offsetOf = (node: Node) => node.range?.[0] ?? 0;

function convert(conversion: Conversion, node: unknown, depth: number, offset: number): Converted {
  if (depth > MAX_DEPTH)
    throw new ManifestFault('ManifestTooLarge', `more than ${MAX_DEPTH} levels deep`, offset);
  if (isAlias(node)) return resolveAlias(conversion, node.source, offset);
  grow(conversion, 1, offset);
  const before = conversion.size;
  const converted = convertValue(conversion, node, depth, offset);
  if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined)
    conversion.anchors.set(node.anchor, { ...converted, size: conversion.size - before + 1 });
  return converted;
}

function grow(conversion: Conversion, by: number, offset: number): void {
  conversion.size += by;
  if (conversion.size > conversion.maxSize)
    throw new ManifestFault('ManifestTooLarge', 'too many values once aliases are resolved', offset);
}

function resolveAlias(conversion: Conversion, name: string, offset: number): Converted {
  const anchored = conversion.anchors.get(name);
  if (anchored === undefined)
    throw new ManifestFault('ManifestSyntax', 'expected an anchor before this alias, found none', offset);
  grow(conversion, anchored.size, offset);
  return { value: anchored.value, place: { ...anchored.place, offset } };
}

function convertValue(conversion: Conversion, node: unknown, depth: number, offset: number): Converted {
  if (isMap(node)) return convertMap(conversion, node, depth, offset);
  if (isSeq(node)) return convertList(conversion, node, depth, offset);
  return { value: isScalar(node) ? toScalar(node) : null, place: { offset } };
}

function convertList(conversion: Conversion, list: YAMLSeq, depth: number, offset: number): Converted {
  const value: unknown[] = [];
  const items: Place[] = [];
  for (const item of list.items) {
    const converted = convert(conversion, item, depth + 1, startOf(item) ?? offset);
    value.push(converted.value);
    items.push(converted.place);
  }
  return { value, place: { offset, items } };
}

function startOf(node: unknown): number | undefined {
  return isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? node.range?.[0] : undefined;
}

function convertMap(conversion: Conversion, map: YAMLMap, depth: number, offset: number): Converted {
  const value: Record<string, unknown> = {};
  const fields = new Map<string, Place>();
  const merged: Converted[] = [];
  for (const pair of map.items) {
    const at = startOf(pair.key) ?? offset;
    const key = toKey(conversion, pair.key, at);
    const converted = convert(conversion, pair.value, depth + 1, startOf(pair.value) ?? at);
    if (key === '<<' && isScalar(pair.key) && pair.key.type === 'PLAIN') {
      merged.push(...toMergeSources(converted));
      continue;
    }
    if (fields.has(key))
      throw new ManifestFault(
        'ManifestSyntax',
        'the key stands twice in the same mapping',
        at,
        'remove one of them',
      );
    setOwn(value, key, converted.value);
    fields.set(key, { ...converted.place, offset: at });
  }
  for (const source of merged) mergeInto(value, fields, source);
  return { value, place: { offset, fields } };
}

/** `<<` takes a mapping or a list of them; their own keys never win over those of the mapping itself. */
function toMergeSources({ value, place }: Converted): Converted[] {
  const sources = Array.isArray(value)
    ? value.map((item: unknown, index) => ({ value: item, place: place.items?.[index] ?? place }))
    : [{ value, place }];
  for (const source of sources) {
    if (source.place.fields === undefined)
      throw new ManifestFault('ManifestSyntax', 'expected a mapping to merge with <<', source.place.offset);
  }
  return sources;
}

function mergeInto(value: Record<string, unknown>, fields: Map<string, Place>, source: Converted): void {
  for (const [key, part] of Object.entries(source.value as Record<string, unknown>)) {
    if (fields.has(key)) continue;
    setOwn(value, key, part);
    fields.set(key, source.place.fields?.get(key) ?? source.place);
  }
}

/** Sets the key as JSON.parse would: `__proto__` is a key as any other. */
export function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

function toKey(conversion: Conversion, node: unknown, offset: number): string {
  const resolved = isAlias(node) ? conversion.anchors.get(node.source)?.value : undefined;
  if (typeof resolved === 'string') return resolved;
  if (node === null) return 'null';
  if (isScalar(node)) {
    const value = toScalar(node);
    return typeof value === 'string' ? value : String(value);
  }
  throw new ManifestFault('ManifestSyntax', 'expected a text as key, found something else', offset);
}

/** The library is told to read every scalar as text; what an unquoted one means is decided here. */
function toScalar(node: Scalar): string | number | boolean | null {
  const text = typeof node.value === 'string' ? node.value : '';
  if (node.tag === 'tag:yaml.org,2002:str') return text;
  const isResolved =
    node.type === 'PLAIN' || (node.tag !== undefined && /:(?:int|float|bool|null)$/.test(node.tag));
  return isResolved ? resolvePlain(text) : text;
}
