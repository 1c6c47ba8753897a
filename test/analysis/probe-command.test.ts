// Health checks' commands, of compose and of Dockerfiles alike: what Kubernetes asks by itself, and what has to be run.
import { expect } from 'chai';
import fc from 'fast-check';
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

  const http = (port: number, path: string): ProbeCommand => ({ kind: 'http', port, path });
  const asked: Record<string, [string, ProbeCommand]> = {
    'the host by its own name': ['curl -f http://$HOSTNAME:80/up || exit 1', http(80, '/up')],
    'the host by the name that it asks for': ['curl -f "http://$(hostname):80/up"', http(80, '/up')],
    'its own service by TCP': ['nc -zv -w 3 api 5000', { kind: 'tcp', port: 5000 }],
    'its own service by gRPC': ['grpc_health_probe -addr api:50051', { kind: 'grpc', port: 50051 }],
    'with a GET that is spelled out': ['curl -XGET -fsSo /dev/null localhost:80/up', http(80, '/up')],
    'with wget and a time limit': ['wget -T 5 -q -O /dev/null http://localhost:80/up', http(80, '/up')],
    'with a harmless header in one word': [
      "curl '-HX-Probe: 1' --header=Accept:a localhost:80/up",
      http(80, '/up'),
    ],
    'with an option that nobody knows': ['curl --odd value http://localhost:80/up', http(80, '/up')],
    'with a fragment, which is never sent': ['curl http://localhost:80/up#here', http(80, '/up')],
    'with HTTPie': ['http --check-status GET localhost:80/up', http(80, '/up')],
    'in Node': [
      `node -e "fetch('http://localhost:3000/up').then(r => process.exit(r.ok ? 0 : 1))"`,
      http(3000, '/up'),
    ],
    'in Node, host and port apart': [
      `node -e "require('http').get({host:'localhost',port:3000,path:'/up'}, r => process.exit(r.statusCode - 200))"`,
      http(3000, '/up'),
    ],
    'and then ends well': ['curl -f localhost:80/up && exit 0', http(80, '/up')],
  };
  for (const [title, [line, expected]] of Object.entries(asked))
    it(`ask ${title}`, () => expect(parseProbeShell(line, ['api'])).to.deep.equal(expected));

  const run: Record<string, string> = {
    'a POST in one word': 'curl -XPOST http://localhost/up',
    'a body in one word': 'curl -d@body http://localhost/up',
    'an upload': 'curl -T file http://localhost/up',
    'a cookie': 'curl -b a=b http://localhost/up',
    'credentials in the address': 'curl http://me:you@localhost/up',
    'two addresses': 'curl http://localhost/up http://localhost/down',
    'a POST by HTTPie': 'http POST localhost:80/up',
    UDP: 'nc -zu localhost 53',
    'a server': 'nc -l localhost 53',
    'gRPC over TLS': 'grpc_health_probe -addr=:50051 -tls',
    'a second line': 'curl http://localhost/up\ncurl http://db/up',
    'a second command in the background': 'curl http://localhost/up & sleep 1',
    'a substitution': 'curl "http://localhost:80/$(cat path)"',
    'a variable in the path': 'curl http://localhost:80/$WHERE',
    'an open quote': 'curl "http://localhost:80/up',
    'a program that looks into the answer': `node -e "fetch('http://localhost:80/up').then(r => r.json())"`,
    'a program that asks another host': `node -e "require('http').get({host:'db',port:80,path:'/up'})"`,
    'no port': 'nc -z localhost 70000',
  };
  for (const [title, line] of Object.entries(run))
    it(`run what has ${title}`, () =>
      expect(parseProbeShell(line)).to.deep.equal({ kind: 'exec', command: ['/bin/sh', '-c', line] }));

  it('never fail, and never ask more than a port and a path', () => {
    const piece = fc.constantFrom(
      ...[
        'curl',
        'wget',
        'nc',
        '-z',
        '-X',
        'GET',
        '-o',
        '"',
        "'",
        '\\',
        '$',
        '`',
        '|| exit 1',
        '> /dev/null',
        ' ',
      ],
      ...[
        'http://',
        'localhost',
        ':80',
        '/up',
        '$(hostname)',
        '&& true',
        '\n',
        '|| kill ',
        '-addr=:1',
        'node -e',
      ],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 30 }), (pieces) => {
        const { kind, port = 1, path = '/' } = parseProbeShell(pieces.join(' '), ['api']);
        if (kind === 'http') expect(path).to.match(/^\/[^\s$]*$/);
        expect(port).to.be.within(1, 65_535);
      }),
    );
  });
  it('are read in bounded time', () => {
    const start = performance.now();
    for (const piece of [' ', '|| kill ', '> ', '"', "'", '$(', '&& true ', '|| bash -c ', 'a\\'])
      for (const program of ['curl ', 'nc ', 'node -e '])
        parseProbeShell(program + piece.repeat(2040 / piece.length));
    expect(performance.now() - start).to.be.lessThan(1000);
  });
});
