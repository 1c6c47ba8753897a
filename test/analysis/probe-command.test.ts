import { expect } from 'chai';
import { parseProbeArgv, parseProbeShell, type ProbeCommand } from '../../src/analysis/probe-command.ts';

const shell: Record<string, [string, ProbeCommand]> = {
  'curl with a tail': [
    'curl -f http://localhost:3000/health || exit 1',
    { kind: 'http', port: 3000, path: '/health' },
  ],
  'curl with quotes and discarded output': [
    'curl -fsS "http://127.0.0.1:8080/" > /dev/null 2>&1 || exit 1',
    { kind: 'http', port: 8080, path: '/' },
  ],
  'wget that only looks': [
    'wget --no-verbose --tries=1 --spider http://localhost/ping',
    { kind: 'http', port: 80, path: '/ping' },
  ],
  'wget to standard output': [
    'wget -qO- http://localhost:9000/live',
    { kind: 'http', port: 9000, path: '/live' },
  ],
  https: ['curl -k https://localhost/health', { kind: 'http', port: 443, path: '/health', scheme: 'HTTPS' }],
  nc: ['nc -z localhost 5432', { kind: 'tcp', port: 5432 }],
  grpc_health_probe: [
    '/bin/grpc_health_probe -addr=:50051 -service=shop.Cart',
    { kind: 'grpc', port: 50051, service: 'shop.Cart' },
  ],
  'a pipe stays with the shell': [
    'curl -s http://localhost/health | grep ok',
    { kind: 'exec', command: ['/bin/sh', '-c', 'curl -s http://localhost/health | grep ok'] },
  ],
  'a variable stays with the shell': [
    'curl http://localhost:$PORT/',
    { kind: 'exec', command: ['/bin/sh', '-c', 'curl http://localhost:$PORT/'] },
  ],
  'another host is not the component': [
    'curl http://db:8080/',
    { kind: 'exec', command: ['/bin/sh', '-c', 'curl http://db:8080/'] },
  ],
  'a request with a header is another request': [
    'curl -H "Host: a" http://localhost/',
    { kind: 'exec', command: ['/bin/sh', '-c', 'curl -H "Host: a" http://localhost/'] },
  ],
};

describe('probe commands', () => {
  for (const [title, [line, expected]] of Object.entries(shell))
    it(title, () => expect(parseProbeShell(line)).to.deep.equal(expected));
  it('reads a command inside sh -c', () =>
    expect(parseProbeArgv(['sh', '-c', 'wget -q --spider localhost:80/up'])).to.deep.equal({
      kind: 'http',
      port: 80,
      path: '/up',
    }));
  it('knows the name that the component has for itself', () =>
    expect(parseProbeArgv(['wget', '-qO', '/dev/null', 'http://api:3000/health'], ['api'])).to.deep.equal({
      kind: 'http',
      port: 3000,
      path: '/health',
    }));
  it('takes a header that only marks the request', () =>
    expect(parseProbeArgv(['curl', '-H', 'X-Probe: 1', '-f', 'http://localhost:8080/up'])).to.deep.equal({
      kind: 'http',
      port: 8080,
      path: '/up',
    }));
  it('leaves another program as it is', () =>
    expect(parseProbeArgv(['pg_isready', '-U', 'a'])).to.deep.equal({
      kind: 'exec',
      command: ['pg_isready', '-U', 'a'],
    }));
});
