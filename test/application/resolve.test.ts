// How claims are weighed: precedence of sources, variables that move ports, and what is reported as a conflict.
import { expect } from 'chai';
import type { Claims } from '../../src/application/claims.ts';
import type { PortFact } from '../../src/application/component.ts';
import { CONFIDENCE, createFact } from '../../src/application/fact.ts';
import { resolveComponent } from '../../src/application/resolve.ts';

const at = (file: string, line = 1) => ({ file, line, reason: 'says so' });
const port = (value: number, confidence: number, file: string, more: Partial<PortFact> = {}): PortFact => ({
  ...createFact(value, confidence, at(file)),
  protocol: 'TCP',
  ...more,
});
const resolve = (...claims: Claims[]) => resolveComponent('web', '.', claims);
const portsOf = (...claims: Claims[]) => resolve(...claims).component.ports.map(({ value }) => value);

describe('resolution of claims', () => {
  const cases: Record<string, { claims: Claims[]; ports: number[]; conflict?: string }> = {
    'source beats a lying EXPOSE, and the report says so': {
      claims: [
        { ports: [port(8080, CONFIDENCE.dockerfile, 'Dockerfile')] },
        { ports: [port(3000, CONFIDENCE.source, 'server.js')] },
      ],
      ports: [3000],
      conflict: 'Dockerfile:1 says 8080, server.js:1 says 3000: 3000 is used',
    },
    'a framework default gives way silently': {
      claims: [
        { ports: [port(8000, CONFIDENCE.frameworkDefault, 'requirements.txt')] },
        { ports: [port(9000, CONFIDENCE.source, 'main.py')] },
      ],
      ports: [9000],
    },
    'an EXPOSE that names the main port is believed about the second one': {
      claims: [
        {
          ports: [
            port(8080, CONFIDENCE.dockerfile, 'Dockerfile'),
            port(9090, CONFIDENCE.dockerfile, 'Dockerfile'),
          ],
        },
        { ports: [port(8080, CONFIDENCE.source, 'main.go')] },
      ],
      ports: [8080, 9090],
    },
    'a stale EXPOSE is not believed because ENV of the same Dockerfile is': {
      claims: [
        {
          ports: [port(8085, CONFIDENCE.dockerfile, 'Dockerfile')],
          environment: [
            createFact({ name: 'PORT', value: '8080' }, CONFIDENCE.imageEnv, at('Dockerfile', 4)),
          ],
        },
        { ports: [port(3000, CONFIDENCE.source, 'server.js', { fromEnv: 'PORT' })] },
      ],
      ports: [8080],
      conflict: 'Dockerfile:1 says 8085, Dockerfile:4 says 8080: 8080 is used',
    },
    'EXPOSE 80 443 is one port: nothing serves TLS by habit': {
      claims: [
        {
          ports: [
            port(80, CONFIDENCE.dockerfile, 'Dockerfile'),
            port(443, CONFIDENCE.dockerfile, 'Dockerfile'),
          ],
        },
        { ports: [port(80, CONFIDENCE.source, 'nginx.conf')] },
      ],
      ports: [80],
      conflict: 'Dockerfile:1 says 443, nginx.conf:1 says 80: 80 is used',
    },
    'a variable without a fallback is the port that compose sets it to': {
      claims: [
        {
          environment: [
            createFact({ name: 'PORT', value: '8080' }, CONFIDENCE.compose, at('compose.yaml', 4)),
          ],
        },
        {
          portVariables: [createFact('PORT', CONFIDENCE.source, at('main.py'))],
          ports: [port(5000, CONFIDENCE.frameworkDefault, 'requirements.txt')],
        },
      ],
      ports: [8080],
    },
    'a variable that nothing sets is no port, and the framework is not asked instead': {
      claims: [
        {
          portVariables: [createFact('PORT', CONFIDENCE.source, at('main.py'))],
          ports: [port(5000, CONFIDENCE.frameworkDefault, 'requirements.txt')],
        },
      ],
      ports: [],
    },
    'a variable that nothing sets takes nothing from a port that the source says': {
      claims: [
        {
          portVariables: [createFact('METRICS', CONFIDENCE.source, at('main.go'))],
          ports: [port(8080, CONFIDENCE.source, 'main.go', { fromEnv: 'PORT' })],
        },
      ],
      ports: [8080],
    },
    'a named port stands beside the main one': {
      claims: [
        {
          ports: [
            port(50051, CONFIDENCE.source, 'main.go'),
            port(9090, CONFIDENCE.source, 'metrics.go', { name: 'metrics' }),
          ],
        },
      ],
      ports: [50051, 9090],
    },
    "the image's ENV moves a port that the source reads from it": {
      claims: [
        { ports: [port(3000, CONFIDENCE.source, 'server.js', { fromEnv: 'PORT' })] },
        {
          environment: [
            createFact({ name: 'PORT', value: '8080' }, CONFIDENCE.imageEnv, at('Dockerfile', 4)),
          ],
        },
      ],
      ports: [8080],
    },
    'a variable that is no number moves nothing': {
      claims: [
        { ports: [port(3000, CONFIDENCE.source, 'server.js', { fromEnv: 'PORT' })] },
        {
          environment: [
            createFact({ name: 'PORT', value: 'tcp://1' }, CONFIDENCE.compose, at('compose.yaml')),
          ],
        },
      ],
      ports: [3000],
    },
    'a debugger port is left out where there is another': {
      claims: [
        {
          ports: [
            port(9229, CONFIDENCE.compose, 'compose.yaml'),
            port(3000, CONFIDENCE.compose, 'compose.yaml'),
          ],
        },
      ],
      ports: [3000],
    },
    'a port out of range is no port': {
      claims: [{ ports: [port(70_000, CONFIDENCE.source, 'a.js')] }],
      ports: [],
    },
    'no claim is no port': { claims: [{}], ports: [] },
  };
  for (const [title, { claims, ports, conflict }] of Object.entries(cases))
    it(title, () => {
      expect(portsOf(...claims)).to.deep.equal(ports);
      expect(resolve(...claims).conflicts.map(({ message }) => message)).to.deep.equal(
        conflict ? [conflict] : [],
      );
    });

  it('never keeps the value of a variable that one source calls secret', () => {
    const { component } = resolve(
      { env: [{ name: 'DB', kind: 'config', required: false, value: 'x', evidence: [at('.env.example')] }] },
      { env: [{ name: 'DB', kind: 'secret', required: true, evidence: [at('main.ts')] }] },
    );
    expect(component.env).to.deep.equal([
      { name: 'DB', kind: 'secret', required: true, evidence: [at('.env.example'), at('main.ts')] },
    ]);
  });

  it('calls pages that a program serves a server, and pages in an image of a file server a static site', () => {
    const pages = createFact('static' as const, CONFIDENCE.example, at('package.json'));
    const program = createFact('server' as const, CONFIDENCE.frameworkDefault, at('manage.py'));
    const image = createFact('static' as const, CONFIDENCE.dockerfile, at('Dockerfile'));
    expect(resolve({ kind: [program] }, { kind: [pages] }).component.kind).to.equal('server');
    expect(resolve({ kind: [pages] }).component.kind).to.equal('static');
    expect(resolve({ kind: [image] }, { kind: [program] }).component.kind).to.equal('static');
  });

  it('calls a component without a port a worker, and drops a port that only its framework suggests', () => {
    const { component } = resolve({
      kind: [createFact('worker' as const, CONFIDENCE.source, at('worker.py'))],
      ports: [port(8000, CONFIDENCE.frameworkDefault, 'requirements.txt')],
    });
    expect(component).to.include({ kind: 'worker' });
    expect(component.ports).to.deep.equal([]);
  });
});
