// A value of a compose file that remembers where it was written, so that merged files still give evidence line by line.

/** Where something stands: a file relative to the application's root, line and column from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** `!reset` removes what an earlier file said, `!override` replaces it without merging. */
export type MergeTag = 'reset' | 'override';

interface NodeBase {
  place: Place;
  tag?: MergeTag;
}

/** Text, a number, a boolean or null. */
export interface ScalarNode extends NodeBase {
  kind: 'scalar';
  value: string | number | boolean | null;
  /** Variables without a value that were part of it: what is left may be malformed, which is then no error. */
  missing?: readonly string[];
  /** Secret variables that were part of it; `$(NAME)` stands in the text where their value would be. */
  secrets?: readonly string[];
}

/** A list of nodes. */
export interface ListNode extends NodeBase {
  kind: 'list';
  items: readonly ComposeNode[];
}

/** A mapping; keys are foreign text, so a Map and never an object. */
export interface MappingNode extends NodeBase {
  kind: 'mapping';
  entries: ReadonlyMap<string, ComposeNode>;
  /** Where each key stands; a key that a merge brought in has the place of its value. */
  keyPlaces: ReadonlyMap<string, Place>;
}

/** Any value of a compose file. */
export type ComposeNode = ScalarNode | ListNode | MappingNode;

/** The entry of a mapping, or undefined where the node is no mapping or has no such key. */
export function entryOf(node: ComposeNode | undefined, ...path: readonly string[]): ComposeNode | undefined {
  let at = node;
  for (const key of path) {
    if (at?.kind !== 'mapping') return undefined;
    at = at.entries.get(key);
  }
  return at;
}

/** Entries of a mapping, or none. */
export function entriesOf(node: ComposeNode | undefined): [string, ComposeNode][] {
  return node?.kind === 'mapping' ? [...node.entries] : [];
}

/** Items of a list; a single scalar counts as a list of one, null and absence as none. */
export function itemsOf(node: ComposeNode | undefined): readonly ComposeNode[] {
  if (node === undefined || isNull(node)) return [];
  return node.kind === 'list' ? node.items : [node];
}

/** The text of a scalar as compose would print it; undefined for null, lists and mappings. */
export function textOf(node: ComposeNode | undefined): string | undefined {
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  return String(node.value);
}

/** True, `"true"` and compose's other spellings; undefined where it is none of them. */
export function booleanOf(node: ComposeNode | undefined): boolean | undefined {
  const text = textOf(node)?.toLowerCase();
  if (text === undefined) return undefined;
  if (['true', 'yes', 'on', 'y', '1'].includes(text)) return true;
  return ['false', 'no', 'off', 'n', '0'].includes(text) ? false : undefined;
}

/** Whether a node is an explicit or implied null. */
export function isNull(node: ComposeNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** Whether a variable without a value, or a secret one, took part in a scalar, so that its text is not what will be. */
export function isIncomplete(node: ComposeNode | undefined): boolean {
  return node?.kind === 'scalar' && (node.missing !== undefined || node.secrets !== undefined);
}

/** A text node at the place of another. */
export function createText(value: string, like: ComposeNode): ScalarNode {
  const node: ScalarNode = { kind: 'scalar', value, place: like.place };
  if (like.kind !== 'scalar') return node;
  if (like.missing !== undefined) node.missing = like.missing;
  if (like.secrets !== undefined) node.secrets = like.secrets;
  return node;
}

/** A mapping from entries; key places are kept where given. */
export function createMapping(
  entries: Iterable<readonly [string, ComposeNode]>,
  like: ComposeNode,
  keyPlaces: ReadonlyMap<string, Place> = new Map(),
): MappingNode {
  const node: MappingNode = { kind: 'mapping', entries: new Map(entries), keyPlaces, place: like.place };
  if (like.tag !== undefined) node.tag = like.tag;
  return node;
}

/** A list from items. */
export function createList(items: readonly ComposeNode[], like: ComposeNode): ListNode {
  const node: ListNode = { kind: 'list', items, place: like.place };
  if (like.tag !== undefined) node.tag = like.tag;
  return node;
}

/** The place of a key in a mapping, else of its value. */
export function placeOfKey(mapping: MappingNode, key: string): Place {
  return mapping.keyPlaces.get(key) ?? mapping.entries.get(key)?.place ?? mapping.place;
}
