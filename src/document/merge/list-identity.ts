// By what the items of three versions of a list are told apart, so that each meets its own.
import { isMap, isScalar, type Node, type YAMLSeq } from 'yaml';
import { toCanonical } from './same-nodes.ts';

/** Keys that name an item, as Kubernetes merges its lists. */
const NAMING_KEYS = [
  'name',
  'key',
  'containerPort',
  'port',
  'mountPath',
  'topologyKey',
  'ip',
  'path',
  'host',
  'target',
  'id',
  'uses',
];

/** Lists in which the order is the meaning: what both sides changed there is nobody's to join. */
const ORDERED = new Set(['command', 'args']);

/** The name of an item within its list. */
export type Identify = (item: unknown) => string | undefined;

/** Undefined where the items have no names that are unique in each of the lists. */
export function findIdentity(key: string | undefined, lists: readonly YAMLSeq[]): Identify | undefined {
  const items = lists.flatMap((list) => list.items);
  if (items.length === 0) return undefined;
  if (items.every(isScalar)) {
    const identify: Identify = (item) => toCanonical(item as Node);
    return !isOrdered(key) && lists.every((list) => isUnique(list, identify)) ? identify : undefined;
  }
  if (!items.every(isMap)) return undefined;
  for (const naming of NAMING_KEYS) {
    const identify: Identify = (item) => {
      const value: unknown = isMap(item) ? item.get(naming) : undefined;
      return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
    };
    if (lists.every((list) => isUnique(list, identify))) return identify;
  }
  return undefined;
}

/** Whether the order of a list's items, by the key that holds it, is its meaning. */
export function isOrdered(key: string | undefined): boolean {
  return key !== undefined && ORDERED.has(key);
}

function isUnique({ items }: YAMLSeq, identify: Identify): boolean {
  const names = items.map(identify);
  return names.every((name) => name !== undefined) && new Set(names).size === names.length;
}
