// One mount of a service before it is judged: short and long syntax brought to one shape.
import { parseByteSize } from './amounts.ts';
import { booleanOf, entryOf, isIncomplete, textOf, type ComposeNode } from './node.ts';
import { refuseValue, type ServiceReader } from './service-reader.ts';

/** A mount: `source` is a volume's name, or a host path as written; absent for anonymous ones. */
export interface Mount {
  type: 'volume' | 'bind' | 'tmpfs' | 'other';
  source?: string;
  target: string;
  isReadOnly: boolean;
  sizeBytes?: number;
  node: ComposeNode;
}

const EXPECTED = 'a volume such as data:/var/lib/data, ./file:/etc/file:ro or /data';

/** Reads an entry of `volumes`; undefined where a variable that it needs has no value. */
export function readMount(reader: ServiceReader, node: ComposeNode): Mount | undefined {
  return node.kind === 'mapping' ? readLong(reader, node) : readShort(reader, node);
}

function readShort(reader: ServiceReader, node: ComposeNode): Mount | undefined {
  const [first = '', second, mode = '', ...more] = splitShort(textOf(node) ?? '');
  const isComplete = first !== '' && second !== '' && more.length === 0;
  if (!isComplete) {
    refuseValue(reader, node, 'volumes', EXPECTED);
    return undefined;
  }
  if (second === undefined) return { type: 'volume', target: first, isReadOnly: false, node };
  const type = isHostPath(first) ? 'bind' : 'volume';
  return { type, source: first, target: second, isReadOnly: mode.split(',').includes('ro'), node };
}

// The colon of a Windows drive is no separator.
function splitShort(text: string): string[] {
  const drive = /^[A-Za-z]:[\\/]/.exec(text)?.[0] ?? '';
  const [first = '', ...rest] = text.slice(drive.length).split(':');
  return [drive + first, ...rest];
}

function isHostPath(source: string): boolean {
  return /^(?:[./~]|[A-Za-z]:[\\/]|\\\\)/.test(source);
}

function readLong(reader: ServiceReader, node: ComposeNode): Mount | undefined {
  const targetNode = entryOf(node, 'target');
  const target = textOf(targetNode);
  if (target === undefined || target === '' || isIncomplete(targetNode)) {
    refuseValue(reader, targetNode ?? node, 'volumes.target', 'a path in the container');
    return undefined;
  }
  const source = textOf(entryOf(node, 'source'));
  const size = textOf(entryOf(node, 'tmpfs', 'size'));
  const sizeBytes = size === undefined ? undefined : parseByteSize(size);
  return {
    type: toType(textOf(entryOf(node, 'type'))),
    ...(source !== undefined && source !== '' && { source }),
    target,
    isReadOnly: booleanOf(entryOf(node, 'read_only')) === true,
    ...(sizeBytes !== undefined && sizeBytes > 0 && { sizeBytes }),
    node,
  };
}

function toType(text: string | undefined): Mount['type'] {
  return text === 'volume' || text === 'bind' || text === 'tmpfs' ? text : 'other';
}
