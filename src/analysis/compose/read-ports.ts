// Ports of a service: `ports` in every syntax, and `expose`; the container's side is what counts.
import type { PortFact, Protocol } from '../../application/component.ts';
import { CONFIDENCE } from '../../application/fact.ts';
import { entryOf, isIncomplete, itemsOf, textOf, type ComposeNode } from './node.ts';
import { addNote, createEvidence, refuseValue, valueAt, type ServiceReader } from './service-reader.ts';

/** Debuggers of Node.js, the JVM and Python listen here by default. */
const DEBUG_PORTS = new Set([9229, 9230, 5005, 5678]);
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
  return withoutDebugPorts(reader, [...found.values()]);
}

// A debugger's port beside others is for development only.
function withoutDebugPorts(reader: ServiceReader, ports: PortFact[]): PortFact[] {
  const served = ports.filter((port) => !DEBUG_PORTS.has(port.value));
  if (served.length === 0) return ports;
  for (const port of ports.filter((one) => DEBUG_PORTS.has(one.value))) {
    reader.notes.push({
      component: reader.name,
      kind: 'unmapped',
      message: `ports: ${port.value} is a debugger's port, for development only`,
      evidence: port.evidence,
    });
  }
  return served;
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
  if (match?.[1] === undefined) {
    refuseValue(reader, node, key, EXPECTED);
    return undefined;
  }
  const first = Number(match[1]);
  return checkRange(reader, node, key, first, Number(match[2] ?? first), match[3]);
}

function readLong(reader: ServiceReader, node: ComposeNode): PortRange | undefined {
  const target = entryOf(node, 'target') ?? node;
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(textOf(target) ?? '');
  if (match?.[1] === undefined) {
    refuseValue(reader, target, 'ports.target', 'a container port');
    return undefined;
  }
  const first = Number(match[1]);
  const protocol = isIncomplete(entryOf(node, 'protocol')) ? undefined : textOf(entryOf(node, 'protocol'));
  const range = checkRange(reader, target, 'ports', first, Number(match[2] ?? first), protocol);
  const name = nameOf(node);
  return range === undefined || name === undefined ? range : { ...range, name };
}

function nameOf(node: ComposeNode): string | undefined {
  const names = ['name', 'app_protocol'].map((key) => textOf(entryOf(node, key)));
  return names.find((name) => name !== undefined && name !== '');
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
  if (protocol === undefined) {
    refuseValue(reader, node, key, 'the protocol tcp, udp or sctp');
    return undefined;
  }
  if (first < 1 || last > 65535 || last < first) {
    refuseValue(reader, node, key, 'ports from 1 to 65535');
    return undefined;
  }
  return { first, last, protocol };
}
