import { expect } from 'chai';
import { DorguError } from '../../../src/api/errors.ts';
import { readComposeProject } from '../../../src/analysis/compose/project.ts';
import { createMemoryTree } from '../memory-tree.ts';

function readPorts(entry: string): string[] {
  const tree = createMemoryTree({
    'compose.yaml': `services:\n  web:\n    image: a\n    ports:\n      - ${entry}\n`,
  });
  const [web] = readComposeProject(tree)?.services ?? [];
  return (web?.claims.ports ?? []).map(
    (port) => `${port.value}/${port.protocol}${port.name ? ` ${port.name}` : ''}`,
  );
}

const cases: Record<string, [string, string[]]> = {
  'a container port': ['"80"', ['80/TCP']],
  'a number': ['80', ['80/TCP']],
  'host and container': ['"8080:80"', ['80/TCP']],
  'an address': ['"127.0.0.1:8080:80"', ['80/TCP']],
  'an address without a host port': ['"127.0.0.1::80"', ['80/TCP']],
  'an IPv6 address': ['"[::1]:8080:80"', ['80/TCP']],
  'a protocol': ['"53:53/udp"', ['53/UDP']],
  'a range': ['"3000-3002"', ['3000/TCP', '3001/TCP', '3002/TCP']],
  'a range on both sides': ['"9000-9001:8000-8001/tcp"', ['8000/TCP', '8001/TCP']],
  'a range of host ports for one': ['"3000-3010:3000"', ['3000/TCP']],
  'long syntax': ['{target: 80, published: "8080", protocol: tcp, mode: host, name: web}', ['80/TCP web']],
  'long syntax as text': ['{target: "80"}', ['80/TCP']],
  'an unset host port': ['"${NOPE}:80"', ['80/TCP']],
  'an unset container port is noted, not fatal': ['"8080:${NOPE}"', []],
};

describe('compose ports', () => {
  for (const [title, [entry, expected]] of Object.entries(cases))
    it(title, () => expect(readPorts(entry)).to.deep.equal(expected));
  for (const entry of ['"abc"', '"0"', '"70000"', '"80/icmp"', '"90-80"', '{published: 80}', 'true', '[80]'])
    it(`refuses ${entry}`, () =>
      expect(() => readPorts(entry)).to.throw(DorguError, /compose\.yaml:\d+:\d+/));
});
