// Answers that are read while they come: opened with credentials, ended whole, by silence, by a break or by their signal.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { expect } from 'chai';
import type { KubeClient, StreamRequest } from '../../src/kube/client.ts';
import { KubeError } from '../../src/kube/kube-error.ts';
import { toRequestInfo, type SentRequest } from '../../src/kube/request-info.ts';
import { createAuthority } from '../cluster/certificates.ts';
import { ScriptedApiServer, toStatus } from '../faults/api-server.ts';
import { connectWith, createImpatience, refusalOf, useFolder, writeKubeconfig } from './connecting.ts';

const path = '/apis/apps/v1/deployments';

describe('a stream', () => {
  const folder = useFolder();
  let server: ScriptedApiServer;
  let client: KubeClient;
  const sent: SentRequest[] = [];
  before(async () => {
    server = await ScriptedApiServer.start();
    client = await connectWith(
      writeKubeconfig(folder.path, { server: server.url }),
      {},
      { ...createImpatience(), onSent: (one) => sent.push(one) },
    );
  });
  afterEach(() => {
    server.reset();
    sent.length = 0;
  });
  after(async () => {
    client.close();
    await server.stop();
  });

  /** Streams into a text. */
  const read = async (request: Partial<StreamRequest> = {}) => {
    const chunks: Buffer[] = [];
    await client.stream({
      path,
      query: { watch: true },
      onBytes: (bytes) => chunks.push(bytes),
      ...request,
    });
    return Buffer.concat(chunks).toString();
  };

  it('hands on every byte in order, and resolves when the answer has ended', async () => {
    const body = 'x'.repeat(300_000) + '😀';
    server.inject({ body, headers: { 'content-type': 'application/json' } });
    let isOpen = false;
    expect(await read({ onOpen: () => (isOpen = true) })).to.equal(body);
    expect(isOpen).to.equal(true);
    expect(server.requests[0]?.headers['accept-encoding']).to.equal(undefined);
  });

  it('that is refused is a KubeError with the Retry-After of the server, tried once', async () => {
    server.inject(
      { status: 429, headers: { 'retry-after': '7' }, body: toStatus(429, 'TooManyRequests', 'slow down') },
      { times: 5 },
    );
    const error = await refusalOf(read());
    if (!(error instanceof KubeError)) throw error;
    const { code, message, httpStatus, retryAfterMs } = error;
    expect({ code, message, httpStatus, retryAfterMs }).to.deep.equal({
      code: 'TooManyRequests',
      message: 'slow down',
      httpStatus: 429,
      retryAfterMs: 7000,
    });
    expect(server.requests).to.have.lengthOf(1);
  });

  it('of a login page is refused before a byte of it is handed on', async () => {
    server.inject({ body: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } });
    expect((await refusalOf(read({ onBytes: () => expect.fail('a byte') }))).code).to.equal('InvalidAnswer');
  });

  it('that breaks off is refused as BrokenAnswer, after what had come', async () => {
    server.inject({ body: 'x'.repeat(1000), cutAfterBytes: 100, headers: { 'content-type': 'text/plain' } });
    let bytes = 0;
    const error = await refusalOf(read({ onBytes: ({ length }) => (bytes += length) }));
    expect({ code: error.code, bytes }).to.deep.equal({ code: 'BrokenAnswer', bytes: 100 });
  });

  it('that falls silent is refused as Timeout, before its headers and in the middle', async () => {
    for (const stallAfterBytes of [-1, 5]) {
      server.inject({ body: 'x'.repeat(1000), stallAfterBytes });
      expect((await refusalOf(read({ idleTimeoutMs: 30 }))).code).to.equal('Timeout');
    }
  });

  it('ends with what its reader throws, and frees the socket', async () => {
    server.inject({ body: 'x'.repeat(1000), stallAfterBytes: 10 });
    const failure = new Error('enough');
    const end = client.stream({
      path,
      onBytes: () => {
        throw failure;
      },
    });
    expect(await end.catch((error: unknown) => error)).to.equal(failure);
  });

  it('ends with the reason of its signal', async () => {
    server.inject({ body: 'x'.repeat(1000), stallAfterBytes: 10 });
    const controller = new AbortController();
    const end = read({ signal: controller.signal, onBytes: () => setImmediate(() => controller.abort()) });
    expect(await end.catch((error: unknown) => error)).to.have.property('name', 'AbortError');
  });

  it('is counted with its verb, resource and status, also without an answer', async () => {
    server.inject({ body: '' });
    await read();
    server.inject({ isReset: true });
    await refusalOf(read({ query: {} }));
    expect(sent).to.deep.equal([
      { verb: 'watch', group: 'apps', resource: 'deployments', status: 200 },
      { verb: 'list', group: 'apps', resource: 'deployments', status: undefined },
    ]);
  });

  it('has a socket of its own, and leaves those of calls alone', async () => {
    server.collections.set(path, []);
    await client.request({ method: 'GET', path });
    const before = server.connections;
    server.inject({ body: '' }, { times: 2 });
    await read();
    await read();
    await client.request({ method: 'GET', path });
    expect(server.connections - before).to.equal(2);
  });
});

describe('a stream with a token that was renewed', () => {
  const folder = useFolder();

  it('is sent again once, with the new token', async () => {
    const authority = await createAuthority('the authority');
    const { certificate: cert, key } = await authority.issueServing('api', [
      { type: 'ip', value: '127.0.0.1' },
    ]);
    const server = await ScriptedApiServer.start({ cert, key });
    const tokenFile = join(folder.path, 'token');
    writeFileSync(tokenFile, 'old');
    const client = await connectWith(
      writeKubeconfig(
        folder.path,
        {
          server: server.url,
          'certificate-authority-data': Buffer.from(authority.own.certificate).toString('base64'),
        },
        { tokenFile },
      ),
    );
    writeFileSync(tokenFile, 'new');
    const unauthorized = { status: 401, body: toStatus(401, 'Unauthorized', 'Unauthorized') };
    server.inject(unauthorized);
    server.inject({ body: '' });
    await client.stream({ path, onBytes: () => undefined });
    expect(server.requests.map(({ headers }) => headers.authorization)).to.deep.equal([
      'Bearer old',
      'Bearer new',
    ]);
    server.inject(unauthorized, { times: 9 });
    expect((await refusalOf(client.stream({ path, onBytes: () => undefined }))).code).to.equal(
      'Unauthorized',
    );
    expect(server.requests).to.have.lengthOf(3);
    client.close();
    await server.stop();
  });
});

describe('the reader of a stream', () => {
  const folder = useFolder();

  it('holds the server back while it works: nothing is piled up in this process', async () => {
    let answer: ServerResponse | undefined;
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('x');
      answer = response;
    });
    const sockets = new Set<Socket>();
    server.on('connection', (socket) => sockets.add(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = await connectWith(
      writeKubeconfig(folder.path, { server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
    );
    let largest = 0;
    const controller = new AbortController();
    const end = client.stream({
      path,
      signal: controller.signal,
      onBytes: ({ length }) => {
        largest = Math.max(largest, length);
        if (length === 1) for (let part = 0; part < 64; part++) answer?.write('y'.repeat(100_000));
        else if (largest > 1) setImmediate(() => controller.abort());
      },
    });
    expect(await end.catch((error: unknown) => error)).to.have.property('name', 'AbortError');
    expect(largest).to.be.at.most(128 * 1024);
    client.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
});

describe('what a request asks for', () => {
  const cases: Record<string, [string, string, Record<string, boolean>, string]> = {
    'one object': ['GET', '/apis/apps/v1/namespaces/shop/deployments/web', {}, 'get apps deployments'],
    'a list in a namespace': ['GET', '/api/v1/namespaces/shop/pods', {}, 'list  pods'],
    'a namespace itself': ['GET', '/api/v1/namespaces/shop', {}, 'get  namespaces'],
    'all namespaces': ['GET', '/api/v1/namespaces', {}, 'list  namespaces'],
    'a watch': ['GET', '/api/v1/nodes', { watch: true }, 'watch  nodes'],
    'a status': [
      'PATCH',
      '/apis/dorgu.io/v1/namespaces/a/applicationpersonas/b/status',
      {},
      'patch dorgu.io applicationpersonas/status',
    ],
    'the version': ['GET', '/version', {}, 'get  '],
    'a whole collection': ['DELETE', '/api/v1/namespaces/shop/pods', {}, 'deletecollection  pods'],
  };
  for (const [title, [method, at, query, expected]] of Object.entries(cases)) {
    it(title, () => {
      const { verb, group, resource } = toRequestInfo({ method: method as 'GET', path: at, query });
      expect(`${verb} ${group} ${resource}`).to.equal(expected);
    });
  }
});
