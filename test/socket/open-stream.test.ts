import { expect } from 'chai';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { WebSocketServer } from 'ws';
import { createAuthority, type Authority, type KeyPair } from '../cluster/certificates.ts';
import { openStream, type StreamCredentials } from '../../src/socket/open-stream.ts';
import { StreamFailed } from '../../src/socket/session-end.ts';

const host = 'dorgu-stream.dorgu-system.svc';
const token = 'a-token-that-nobody-else-may-see';

describe('the connection to an operator', () => {
  let authority: Authority;
  let stranger: Authority;
  let client: KeyPair;
  let server: Server;
  /** What has arrived over TLS. */
  const seen: { headers: IncomingHttpHeaders; user: string | undefined }[] = [];
  let answer: { status: number; headers?: Record<string, string>; words: string } | undefined;

  before(async () => {
    [authority, stranger] = await Promise.all([createAuthority('dorgu'), createAuthority('stranger')]);
    client = await authority.issueClient({ commonName: 'jane' });
    const { certificate: cert, key } = await authority.issueServing(host, [{ type: 'dns', value: host }]);
    const options = {
      cert,
      key,
      ca: authority.own.certificate,
      requestCert: true,
      rejectUnauthorized: false,
    };
    server = createServer(options);
    const sockets = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, socket, head) => {
      const user =
        request.socket instanceof TLSSocket ? request.socket.getPeerX509Certificate()?.subject : undefined;
      seen.push({ headers: request.headers, user });
      if (answer === undefined) {
        sockets.handleUpgrade(request, socket, head, (accepted) => accepted.send('the first word'));
        return;
      }
      const headers = {
        'content-length': String(answer.words.length),
        connection: 'close',
        ...answer.headers,
      };
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.end(`HTTP/1.1 ${answer.status} No\r\n${lines.join('')}\r\n${answer.words}`);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  after(() => void (server.closeAllConnections(), server.close()));
  beforeEach(() => {
    seen.length = 0;
    answer = undefined;
  });

  const dial = () => connect((server.address() as AddressInfo).port, '127.0.0.1');
  const bearer: StreamCredentials = { token, certificate: undefined };
  function open({
    url = `wss://${host}/ws`,
    ca = authority.own.certificate,
    credentials = bearer,
    signal = AbortSignal.timeout(5000),
  } = {}) {
    return openStream(dial(), { url: new URL(url), ca }, credentials, signal);
  }
  async function failureOf(work: Promise<unknown>): Promise<StreamFailed> {
    const error = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error instanceof StreamFailed) return error;
    throw new Error(`expected a StreamFailed, found ${String(error)}`);
  }

  it('shows a token to the server that the CA vouches for, in the header alone, and loses no first word', async () => {
    const { socket } = await open();
    const word = new Promise((resolve) => socket.once('message', (data: Buffer) => resolve(data.toString())));
    socket.resume();
    expect(await word).to.equal('the first word');
    socket.terminate();
    expect(seen).to.have.length(1);
    expect(seen[0]?.headers).to.include({ authorization: `Bearer ${token}`, host });
    expect(seen[0]?.headers).to.not.have.any.keys('origin', 'sec-websocket-extensions');
  });

  it('shows a client certificate within TLS', async () => {
    const { certificate: cert, key } = client;
    const { socket } = await open({ credentials: { token: undefined, certificate: { cert, key } } });
    socket.terminate();
    expect(seen.map(({ user, headers }) => [user, headers.authorization])).to.deep.equal([
      ['CN=jane', undefined],
    ]);
  });

  it('shows nothing to a server of another CA, of another name, or without TLS', async () => {
    const failures = await Promise.all([
      failureOf(open({ ca: stranger.own.certificate })),
      failureOf(open({ url: 'wss://elsewhere.svc/ws' })),
      failureOf(open({ url: `ws://${host}/ws` })),
    ]);
    expect(seen).to.deep.equal([]);
    expect(failures.map(({ end }) => end.kind)).to.deep.equal(['lost', 'lost', 'refused']);
    expect(failures[0].message).to.match(/certificate cannot be trusted/);
    for (const failure of failures)
      expect(JSON.stringify([failure, failure.message, failure.stack])).to.not.include(token);
  });

  it('checks the certificate even where Node is told not to', async () => {
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect((await failureOf(open({ ca: stranger.own.certificate }))).message).to.match(/cannot be trusted/);
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
    expect(seen).to.deep.equal([]);
  });

  const answers: Record<string, [NonNullable<typeof answer>, { kind: string; reason: string }]> = {
    'credentials that are not taken': [
      { status: 401, words: 'token expired' },
      { kind: 'expired', reason: 'token expired' },
    ],
    'a refusal': [
      { status: 403, words: '' },
      { kind: 'refused', reason: 'the operator answered with HTTP 403' },
    ],
    'a redirect, which is not followed': [
      { status: 302, headers: { location: 'https://elsewhere.example' }, words: '' },
      { kind: 'refused', reason: 'the operator answered with HTTP 302' },
    ],
    'too many connections': [
      { status: 429, words: 'more than 50\nconnections' },
      { kind: 'refused', reason: 'more than 50 connections' },
    ],
    'a server that stops': [
      { status: 503, words: 'stopping' },
      { kind: 'lost', reason: 'stopping' },
    ],
  };
  for (const [title, [said, end]] of Object.entries(answers))
    it(`understands ${title}`, async () => {
      answer = said;
      expect((await failureOf(open())).end).to.deep.equal(end);
      expect(seen).to.have.length(1);
    });

  it('ends with its signal, and the bytes beneath with it', async () => {
    const bytes = dial();
    const ending = new AbortController();
    ending.abort(new Error('enough'));
    const work = openStream(
      bytes,
      { url: new URL(`wss://${host}/ws`), ca: authority.own.certificate },
      bearer,
      ending.signal,
    );
    expect(await work.catch((error: unknown) => (error as Error).message)).to.equal('enough');
    expect(bytes.destroyed).to.equal(true);
  });
});
