// Ports of a service: `ports` in every syntax, and `expose`; the container's side is what counts.
import type { PortFact, Protocol } from '../../application/component.ts';
import { CONFIDENCE } from '../../application/fact.ts';
import { entryOf, isIncomplete, itemsOf, textOf, type ComposeNode } from './node.ts';
import { addNote, createEvidence, refuseValue, valueAt, type ServiceReader } from './service-reader.ts';

/** A longer range is cut. */
const MAX_RANGE = 128;
// ip or [ip], host port or range, each optional; then the container's, and the protocol.
const SHORT = /^(?:(?:\[[0-9a-fA-F:.]*\]|[\w.-]*):)?(?:[\d-]*:)?(\d{1,5})(?:-(\d{1,5}))?(?:\/([A-Za-z]+))?$/;
const EXPECTED = 'a port such as 80, 8080:80, 127.0.0.1:8080:80/udp or 3000-3005';

interface PortRange {
  first: number;
  last: number;
  protocol: Protocol;
  name?: string;
}

/** Container ports in order of appearance, each once for its protocol: published ones first. */
export function readPorts(reader: ServiceReader): PortFact[] {
  const found = new Map<string, PortFact>();
  for (const key of ['ports', 'expose']) {
    for (const node of itemsOf(valueAt(reader, key))) {
      const range = node.kind === 'mapping' ? readLong(reader, node) : readShort(reader, node, key);
      if (range !== undefined) addRange(reader, found, range, node, key);
    }
  }
  return [...found.values()];
}

function addRange(
  reader: ServiceReader,
  found: Map<string, PortFact>,
  range: PortRange,
  node: ComposeNode,
  key: string,
): void {
  const last = Math.min(range.last, range.first + MAX_RANGE - 1);
  if (last < range.last)
    addNote(reader, 'advice', `${key}: only the first ${MAX_RANGE} ports of a range are read`, node);
  for (let port = range.first; port <= last; port++) {
    const id = `${port}/${range.protocol}`;
    if (found.has(id)) continue;
    const verb = key === 'ports' ? 'publishes' : 'exposes';
    found.set(id, {
      value: port,
      protocol: range.protocol,
      ...(range.name !== undefined && { name: range.name }),
      confidence: CONFIDENCE.compose,
      evidence: [createEvidence(node, `compose ${verb} container port ${port}`)],
    });
  }
}

function readShort(reader: ServiceReader, node: ComposeNode, key: string): PortRange | undefined {
  const match = SHORT.exec((textOf(node) ?? '').trim());
  if (match?.[1] === undefined) return refuseValue(reader, node, key, EXPECTED);
  const first = Number(match[1]);
  return checkRange(reader, node, key, first, Number(match[2] ?? first), match[3]);
}

function readLong(reader: ServiceReader, node: ComposeNode): PortRange | undefined {
  const target = entryOf(node, 'target');
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(textOf(target) ?? '');
  if (target === undefined || match?.[1] === undefined)
    return refuseValue(reader, target ?? node, 'ports.target', 'a container port');
  const first = Number(match[1]);
  const protocolNode = entryOf(node, 'protocol');
  const protocol = isIncomplete(protocolNode) ? undefined : textOf(protocolNode);
  const range = checkRange(reader, target, 'ports', first, Number(match[2] ?? first), protocol);
  const name = textOf(entryOf(node, 'name')) ?? textOf(entryOf(node, 'app_protocol'));
  return range === undefined || name === undefined || name === '' ? range : { ...range, name };
}

const PROTOCOLS: ReadonlyMap<string, Protocol> = new Map([
  ['', 'TCP'],
  ['tcp', 'TCP'],
  ['udp', 'UDP'],
  ['sctp', 'SCTP'],
]);

function checkRange(
  reader: ServiceReader,
  node: ComposeNode,
  key: string,
  first: number,
  last: number,
  protocolText = '',
): PortRange | undefined {
  const protocol = PROTOCOLS.get(protocolText.toLowerCase());
  if (protocol === undefined) return refuseValue(reader, node, key, 'the protocol tcp, udp or sctp');
  if (first < 1 || last > 65535 || last < first)
    return refuseValue(reader, node, key, 'ports from 1 to 65535');
  return { first, last, protocol };
}
