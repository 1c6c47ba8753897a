// Reads EXPOSE: `8080`, `53/udp`, `7000-7003/tcp`; what is no port after evaluation is left out.
import { CONFIDENCE } from '../../application/fact.ts';
import type { ExposedPort } from './build.ts';
import type { Placed } from './image-state.ts';

/** A range opens at most so many ports: more is a block for clients, not a list of services. */
const MAX_RANGE = 100;
const MAX_PORTS = 1000;
const PROTOCOLS = new Map<string, ExposedPort['protocol']>([
  ['tcp', 'TCP'],
  ['udp', 'UDP'],
  ['sctp', 'SCTP'],
]);

/** The ports in the order they are written, each number and protocol once, the first thousand. */
export function readExposed(exposed: readonly Placed[], file: string): ExposedPort[] {
  const ports = new Map<string, ExposedPort>();
  for (const one of exposed.slice(0, MAX_PORTS))
    for (const port of readEntry(one, file)) {
      const key = `${port.value}/${port.protocol}`;
      if (!ports.has(key) && ports.size < MAX_PORTS) ports.set(key, port);
    }
  return [...ports.values()];
}

function readEntry({ value, line }: Placed, file: string): ExposedPort[] {
  const found = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/([a-z]+))?$/i.exec(value);
  const protocol = PROTOCOLS.get((found?.[3] ?? 'tcp').toLowerCase());
  if (!found || !protocol) return [];
  return toRange(Number(found[1]), Number(found[2] ?? found[1])).map((port) => ({
    value: port,
    protocol,
    confidence: CONFIDENCE.dockerfile,
    evidence: [{ file, line, reason: `EXPOSE ${value}` }],
  }));
}

function toRange(first: number, last: number): number[] {
  if (first < 1 || last > 65_535 || last < first) return [];
  return Array.from({ length: Math.min(last - first + 1, MAX_RANGE) }, (_, at) => first + at);
}
