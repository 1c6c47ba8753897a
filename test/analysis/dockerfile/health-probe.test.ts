// HEALTHCHECK as a probe: what Kubernetes can ask by itself, and what only the command can tell.
import { expect } from 'chai';
import { readText } from './read.ts';

function probe(check: string): unknown {
  const { healthcheck } = readText(`FROM a\nENV PORT=8080\nHEALTHCHECK CMD ${check}`);
  if (!healthcheck) return undefined;
  const { confidence: _confidence, evidence: _evidence, ...rest } = healthcheck;
  return rest;
}

const http = (port: number, path: string) => ({ kind: 'http', path, port });

describe('a health check', () => {
  const table: [string, string, unknown][] = [
    ['curl asks http', 'curl -f http://localhost:3000/health', http(3000, '/health')],
    [
      'curl with a tail asks http',
      'curl -fsS http://127.0.0.1:3000/h >/dev/null 2>&1 || exit 1',
      http(3000, '/h'),
    ],
    ['JSON form asks http', '["curl", "-f", "http://localhost:3000/health"]', http(3000, '/health')],
    [
      'wget --spider asks http',
      'wget --no-verbose --tries=1 --spider http://localhost:80/ || exit 1',
      http(80, '/'),
    ],
    ['an address without a scheme asks http', 'curl -f localhost:8080/ready', http(8080, '/ready')],
    ['an address without a port asks 80', 'curl http://localhost', http(80, '/')],
    ['https asks HTTPS', 'curl -kf https://localhost/ok', { ...http(443, '/ok'), scheme: 'HTTPS' }],
    ['the port of ENV is put in', 'curl -f http://localhost:$PORT/ok', http(8080, '/ok')],
    ['a default is put in', 'curl -f "http://localhost:${OTHER:-9000}/ok"', http(9000, '/ok')],
    ['a query stays', "wget -qO- 'http://localhost:1/ok?full=1'", http(1, '/ok?full=1')],
    ['nc asks tcp', 'nc -z localhost 5000 || exit 1', { kind: 'tcp', port: 5000 }],
    ['nc with a timeout asks tcp', 'nc -z -w 3 127.0.0.1 5000', { kind: 'tcp', port: 5000 }],
    [
      'grpc_health_probe asks grpc',
      '["/bin/grpc_health_probe", "-addr=:50051"]',
      { kind: 'grpc', port: 50051 },
    ],
    [
      'grpc_health_probe asks for its service',
      'grpc_health_probe -addr localhost:50051 -service=shop.v1',
      { kind: 'grpc', port: 50051, service: 'shop.v1' },
    ],
    [
      'a one-liner of Node asks http',
      `node -e "require('http').get('http://localhost:3000/health', r => process.exit(r.statusCode === 200 ? 0 : 1))"`,
      http(3000, '/health'),
    ],
    [
      'a one-liner of Python asks http',
      `["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz')"]`,
      http(8000, '/healthz'),
    ],
    ['pg_isready is run', 'pg_isready -U shop', { kind: 'exec', command: ['pg_isready', '-U', 'shop'] }],
    ['a script is run', '["/check.sh", "--quick"]', { kind: 'exec', command: ['/check.sh', '--quick'] }],
    [
      'another host is asked by the command itself',
      'curl -f http://db:3000/health',
      { kind: 'exec', command: ['curl', '-f', 'http://db:3000/health'] },
    ],
    [
      'a pipe is run by the shell',
      'curl -s http://localhost:1/x | grep ok',
      { kind: 'exec', command: ['/bin/sh', '-c', 'curl -s http://localhost:1/x | grep ok'] },
    ],
    [
      'a POST is run',
      'curl -X POST http://localhost:1/x',
      { kind: 'exec', command: ['curl', '-X', 'POST', 'http://localhost:1/x'] },
    ],
    [
      'a port that nobody knows is left to the shell',
      'curl -f http://localhost:$NOPE/x',
      { kind: 'exec', command: ['/bin/sh', '-c', 'curl -f http://localhost:$NOPE/x'] },
    ],
    [
      'a port out of range is run',
      'nc -z localhost 70000',
      { kind: 'exec', command: ['nc', '-z', 'localhost', '70000'] },
    ],
  ];
  for (const [title, check, expected] of table) it(title, () => expect(probe(check)).to.deep.equal(expected));

  it('rounds times up to seconds and leaves out zero', () => {
    const { healthcheck } = readText(
      'FROM a\nHEALTHCHECK --interval=1500ms --timeout=0s --start-period=2m --retries=0 CMD x',
    );
    expect(healthcheck).to.include({ periodSeconds: 2, startPeriodSeconds: 120 });
    expect(healthcheck).not.to.have.any.keys('timeoutSeconds', 'failureThreshold');
  });
});
