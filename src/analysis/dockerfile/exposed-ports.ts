// Reads EXPOSE: `8080`, `53/udp`, `7000-7003/tcp`; what is no port after evaluation is left out.
import { CONFIDENCE } from '../../application/fact.ts';
import type { ExposedPort } from './build.ts';
import type { Placed } from './image-state.ts';

/** A range opens at most so many ports: more is a block for clients, not a list of services. */
const MAX_RANGE = 100;
const PROTOCOLS = new Map<string, ExposedPort['protocol']>([
  ['tcp', 'TCP'],
  ['udp', 'UDP'],
  ['sctp', 'SCTP'],
]);

/** The ports in the order they are written, each number and protocol once. */
export function readExposed(exposed: readonly Placed[], file: string): ExposedPort[] {
  const ports = new Map<string, ExposedPort>();
  for (const { value, line } of exposed) {
    const [, first = '', last, protocol = 'tcp'] =
      /^(\d{1,5})(?:-(\d{1,5}))?(?:\/([a-z]+))?$/i.exec(value) ?? [];
    const transport = PROTOCOLS.get(protocol.toLowerCase());
    if (first === '' || !transport) continue;
    for (const port of toRange(Number(first), Number(last ?? first))) {
      const evidence = [{ file, line, reason: `EXPOSE ${value}` }];
      const key = `${port}/${transport}`;
      if (!ports.has(key))
        ports.set(key, { value: port, protocol: transport, confidence: CONFIDENCE.dockerfile, evidence });
    }
  }
  return [...ports.values()];
}

function toRange(first: number, last: number): number[] {
  if (first < 1 || last > 65_535 || last < first) return [];
  return Array.from({ length: Math.min(last - first + 1, MAX_RANGE) }, (_, at) => first + at);
}
