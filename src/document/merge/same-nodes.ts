// Whether two YAML nodes mean the same, and how a node reads in a sentence.
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';

/** A node, or nothing. */
export type MaybeNode = Node | null | undefined;

/** The key of a pair as text. */
export function keyOf({ key }: Pair): string {
  return String(isScalar(key) ? key.value : key);
}

/** The meaning as text: equal texts mean the same, whatever the order of keys and the style. Absent: ''. */
export function toCanonical(node: MaybeNode): string {
  if (node === undefined) return '';
  if (node === null) return 'null';
  if (isMap(node)) {
    const entries = node.items.map(
      (pair) => `${JSON.stringify(keyOf(pair))}:${toCanonical((pair.value ?? null) as Node | null)}`,
    );
    return `{${entries.sort().join(',')}}`;
  }
  if (isSeq(node)) return `[${node.items.map((item) => toCanonical(item as MaybeNode)).join(',')}]`;
  if (isAlias(node)) return `*${node.source}`;
  return scalarText(isScalar(node) ? node.value : undefined);
}

function scalarText(value: unknown): string {
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value ?? null);
}

/** Whether two nodes mean the same. */
export function isSameNode(left: MaybeNode, right: MaybeNode): boolean {
  return toCanonical(left) === toCanonical(right);
}

/** The node on one line, cut at 80 characters; undefined for what is absent. */
export function describeNode(node: MaybeNode): string | undefined {
  if (node === undefined) return undefined;
  const text = isScalar(node) && typeof node.value === 'string' ? node.value : toCanonical(node);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
