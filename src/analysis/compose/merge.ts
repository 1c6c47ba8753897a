// Merges compose files as the compose specification says: mappings by key, lists appended, commands replaced, !reset and !override.
import {
  createList,
  createMapping,
  entriesOf,
  isNull,
  textOf,
  type ComposeNode,
  type ListNode,
  type MappingNode,
} from './node.ts';

/** Values that the later file replaces as a whole. */
const REPLACED = new Set(['command', 'entrypoint', 'test']);

/** `over` on top of `base`; neither is changed. */
export function mergeNodes(base: ComposeNode, over: ComposeNode, key = ''): ComposeNode {
  if (over.tag === 'override' || over.tag === 'reset') return over;
  if (isNull(over)) return base;
  if (REPLACED.has(key)) return over;
  if (base.kind === 'mapping' && over.kind === 'mapping') return mergeMappings(base, over);
  if (base.kind === 'list' && over.kind === 'list') return mergeLists(base, over);
  return over;
}

function mergeMappings(base: MappingNode, over: MappingNode): MappingNode {
  const entries = new Map(base.entries);
  const keyPlaces = new Map(base.keyPlaces);
  for (const [key, value] of over.entries) {
    const before = entries.get(key);
    entries.set(key, before === undefined ? value : mergeNodes(before, value, key));
    const place = over.keyPlaces.get(key);
    if (place !== undefined) keyPlaces.set(key, place);
  }
  return createMapping(entries, base, keyPlaces);
}

// The same text twice is one entry; entries that share a target (ports, volumes) are told apart where they are read.
function mergeLists(base: ListNode, over: ListNode): ListNode {
  const seen = new Set(base.items.map(textOf));
  const added = over.items.filter((item) => {
    const text = textOf(item);
    return text === undefined || !seen.has(text);
  });
  return createList([...base.items, ...added], base);
}

/** The model without what `!reset` removed. */
export function dropResets(node: ComposeNode): ComposeNode {
  if (node.kind === 'list') {
    return createList(node.items.filter((item) => item.tag !== 'reset').map(dropResets), node);
  }
  if (node.kind !== 'mapping') return node;
  return createMapping(
    entriesOf(node)
      .filter(([, value]) => value.tag !== 'reset')
      .map(([key, value]) => [key, dropResets(value)] as const),
    node,
    node.keyPlaces,
  );
}
