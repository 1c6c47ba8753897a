// Holds a compose file against the table of keys: kinds, unknown keys, missing ones, with file, line and column.
import { createComposeError, describeNode, showText } from './compose-error.ts';
import { findNearest } from '../../api/nearest-word.ts';
import { isIncomplete, placeOfKey, type ComposeNode, type MappingNode } from './node.ts';
import type { Kind, Shape } from './shape.ts';

const WORDS: Readonly<Record<Kind, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'nothing',
  list: 'a list',
  mapping: 'a mapping',
};

/** Service and resource names of compose. */
const NAME = /^[a-zA-Z0-9._-]+$/;

/** Checks a node. `path` is how the place is called: `services.web.ports`. Throws {@link DorguError} at the first fault. */
export function validate(node: ComposeNode, shape: Shape, path: string): void {
  if (node.tag === 'reset') return;
  const kind = kindOf(node, shape);
  if (kind === undefined) throw wrongKind(node, shape, path);
  if (node.kind === 'mapping') validateMapping(node, shape, path);
  else if (node.kind === 'list') {
    for (const [index, item] of node.items.entries())
      if (shape.items !== undefined) validate(item, shape.items, `${path}[${index}]`);
  } else validateValue(node, shape, path);
}

function kindOf(node: ComposeNode, shape: Shape): Kind | undefined {
  return shape.kinds.find((kind) => isKind(node, kind));
}

function isKind(node: ComposeNode, kind: Kind): boolean {
  if (node.kind !== 'scalar') return node.kind === kind;
  const { value } = node;
  switch (kind) {
    case 'null':
      return value === null;
    case 'string':
    case 'boolean':
      return typeof value === kind;
    case 'number':
      return typeof value === 'number';
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'list':
    case 'mapping':
      return false;
  }
}

function wrongKind(node: ComposeNode, shape: Shape, path: string): Error {
  const expected = [...new Set(shape.kinds)].map((kind) => WORDS[kind]).join(' or ');
  // The name of a variable beside it may be a secret's, so the value itself stays unsaid.
  const found = node.kind === 'scalar' && typeof node.value === 'string' ? 'a text' : describeNode(node);
  return createComposeError('ComposeInvalid', node.place, `${path}: expected ${expected}, found ${found}`);
}

function validateValue(node: ComposeNode, shape: Shape, path: string): void {
  if (shape.values === undefined || node.kind !== 'scalar' || isIncomplete(node)) return;
  if (shape.kinds.length > 1 && typeof node.value !== 'string') return;
  if (shape.values.includes(String(node.value))) return;
  const nearest = findNearest(String(node.value), shape.values);
  throw createComposeError(
    'ComposeInvalid',
    node.place,
    `${path}: expected ${shape.values.join(', ')}, found ${describeNode(node)}`,
    nearest === undefined ? undefined : `Did you mean ${nearest}?`,
  );
}

function validateMapping(node: MappingNode, shape: Shape, path: string): void {
  for (const [key, value] of node.entries) {
    if (shape.keys !== undefined) validateKey(node, key, value, shape, path);
    else if (shape.each !== undefined) validateNamed(node, key, value, shape.each, path);
  }
  for (const key of shape.required ?? []) {
    if (node.entries.has(key)) continue;
    throw createComposeError(
      'ComposeInvalid',
      node.place,
      `${path}: expected the key ${key}, found none`,
      `Add ${key}.`,
    );
  }
}

function validateKey(node: MappingNode, key: string, value: ComposeNode, shape: Shape, path: string): void {
  const keys = shape.keys ?? {};
  const rule = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (rule !== undefined) {
    validate(value, rule.shape, path === '' ? key : `${path}.${key}`);
    return;
  }
  if (key.startsWith('x-')) return;
  const nearest = findNearest(key, Object.keys(keys));
  throw createComposeError(
    'ComposeInvalid',
    placeOfKey(node, key),
    `${path === '' ? 'the file' : path}: expected a key of the compose specification, found ${showText(key)}`,
    nearest === undefined
      ? 'Remove it, or begin its name with x- if it is an extension.'
      : `Did you mean ${nearest}?`,
  );
}

const NAMED_PARENTS = new Set(['services', 'volumes', 'networks', 'secrets', 'configs', 'models']);

function validateNamed(node: MappingNode, key: string, value: ComposeNode, each: Shape, path: string): void {
  if (NAMED_PARENTS.has(path) && key.startsWith('x-') && value.kind !== 'mapping') return;
  if (NAMED_PARENTS.has(path) && !NAME.test(key)) {
    throw createComposeError(
      'ComposeInvalid',
      placeOfKey(node, key),
      `${path}: expected a name of letters, digits, dots, dashes and underscores, found ${showText(key)}`,
    );
  }
  const shown = key.length > 60 || !/^[\w./@:-]*$/.test(key) ? '…' : key;
  validate(value, each, `${path}.${shown}`);
}
