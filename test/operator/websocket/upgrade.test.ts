// Who is let in, and in which order the others are told why not (F1, F3).
import { expect } from 'chai';
import { connect as connectTcp } from 'node:net';
import { waitUntil } from '../../cluster/wait-until.ts';
import { defaultStreamLimits, defaultStreamTimes } from '../../../operator/websocket/limits.ts';
import { formatToken } from './played-people.ts';
import { formatUpgrade, host } from './callers.ts';
import { ServedStream, type Call } from './served-stream.ts';

const secondsOf = (text: string) => Date.parse(text) / 1000;

describe('the door of the stream (F1, F3)', () => {
  const stream = new ServedStream();
  const forUs = formatToken({ aud: ['dorgu-operator'], exp: secondsOf('2026-11-23T13:00:00Z') });
  const expired = formatToken({ aud: ['dorgu-operator'], exp: secondsOf('2026-11-23T11:59:59Z') });
  const forOthers = formatToken({ aud: ['vault'] });
  before(async () => {
    stream.people.users.set(`dorgu-operator ${forUs}`, { username: 'carol', groups: ['devs'] });
    stream.people.users.set(`dorgu-operator ${expired}`, { username: 'carol' });
    stream.people.users.set('nobody', { username: 'system:anonymous', groups: ['system:unauthenticated'] });
    await stream.start();
  });
  after(() => stream.stop());

  it('says where it listens, and is ready', () => {
    expect(stream.said('Listening')).to.have.length(1);
    expect(stream.whyNotReady()).to.equal(undefined);
  });

  it('lets in whose token is for the API server, or for the operator, and says hello', async () => {
    for (const [token, user] of [['alice', 'alice'], [forUs, 'carol']] as const) {
      const follower = await stream.follow({ token });
      expect(follower.socket.extensions).to.equal('');
      follower.socket.close();
      const [opened] = stream.said('Stream opened').slice(-1);
      expect(opened).to.deep.include({ user, by: 'token' });
    }
  }); // prettier-ignore

  const ways: Readonly<Record<string, readonly [Call, number]>> = {
    'nothing': [{ token: '' }, 401],
    'a token that nobody knows': [{ token: 'mallory' }, 401],
    'a token that has expired': [{ token: expired }, 401],
    'a token for somebody else': [{ token: forOthers }, 401],
    'the token of nobody in particular': [{ token: 'nobody' }, 401],
    'a password': [{ token: '', headers: { authorization: 'Basic YWxpY2U6YWxpY2U=' } }, 401],
    'a token in the query': [{ token: '', path: '/ws?access_token=alice' }, 401],
    'a token as a subprotocol': [{ token: '', headers: { 'sec-websocket-protocol': 'base64url.bearer.authorization.k8s.io.YWxpY2U' } }, 401],
    'nothing, and everything else wrong as well': [{ token: '', path: '/', headers: { origin: 'https://evil.example', host: 'evil.example' } }, 401],
    'an Origin': [{ headers: { origin: `https://${host}` } }, 403],
    'the Origin null': [{ headers: { origin: 'null' } }, 403],
    'another Host': [{ headers: { host: 'evil.example' } }, 403],
    'an address as Host': [{ headers: { host: '127.0.0.1' } }, 403],
    'another Host and another path': [{ path: '/', headers: { host: 'evil.example' } }, 403],
    'a Host that only begins alike': [{ headers: { host: `${host}.evil.example` } }, 403],
    'another path': [{ path: '/' }, 404],
    'a path that only begins alike': [{ path: '/wss' }, 404],
  }; // prettier-ignore
  for (const [sentence, [call, status]] of Object.entries(ways))
    it(`answers ${sentence} with ${status}`, async () => {
      const before = stream.said('Stream opened').length;
      const told = await stream.knock(call);
      expect(told.status, told.text).to.equal(status);
      expect(told.text).to.match(/^expected /);
      expect(told.headers['www-authenticate']).to.equal(status === 401 ? 'Bearer' : undefined);
      expect(stream.said('Stream opened')).to.have.length(before);
    });

  for (const name of [`${host}:9090`, host.toUpperCase(), `${host}.`])
    it(`lets in who asks for ${name}`, async () => {
      (await stream.follow({ headers: { host: name } })).socket.close();
    });

  const heads: Readonly<Record<string, readonly [string, number]>> = {
    'no upgrade at all': [formatUpgrade({ upgrade: '', connection: 'close', authorization: 'Bearer alice' }), 426],
    'no upgrade and no credentials': [formatUpgrade({ upgrade: '', connection: 'close' }), 401],
    'another upgrade': [formatUpgrade({ upgrade: 'h2c', authorization: 'Bearer alice' }), 426],
    'an old version': [formatUpgrade({ 'sec-websocket-version': '8', authorization: 'Bearer alice' }), 426],
    'no version': [formatUpgrade({ 'sec-websocket-version': '', authorization: 'Bearer alice' }), 426],
    'no key': [formatUpgrade({ 'sec-websocket-key': '', authorization: 'Bearer alice' }), 400],
    'a short key': [formatUpgrade({ 'sec-websocket-key': 'YQ==', authorization: 'Bearer alice' }), 400],
    'POST': [formatUpgrade({ authorization: 'Bearer alice' }, 'POST /ws HTTP/1.1'), 400],
    'POST without an upgrade': [formatUpgrade({ upgrade: '', connection: 'close', authorization: 'Bearer alice' }, 'POST /ws HTTP/1.1'), 400],
    'CONNECT without credentials': [formatUpgrade({}, 'CONNECT example.com:443 HTTP/1.1'), 401],
    'CONNECT': [formatUpgrade({ authorization: 'Bearer alice' }, 'CONNECT example.com:443 HTTP/1.1'), 404],
    'no Host': [formatUpgrade({ host: '', authorization: 'Bearer alice' }, 'GET /ws HTTP/1.0'), 403],
  }; // prettier-ignore
  for (const [sentence, [head, status]] of Object.entries(heads))
    it(`answers ${sentence} with ${status}`, async () => {
      const text = await (await stream.open()).write(head).ended;
      expect(text).to.match(new RegExp(`^HTTP/1\\.1 ${status} `));
      if (status === 426) expect(text.toLowerCase()).to.include('sec-websocket-version: 13');
    });

  it('closes on who speaks no HTTP, or has a head without end', async () => {
    for (const head of ['hello\r\n\r\n', formatUpgrade({ 'x-long': 'x'.repeat(40_000) })])
      expect(await (await stream.open()).write(head).ended).to.equal('');
  });

  it('says 503, and when to come again, where the API server does not say who somebody is', async () => {
    stream.people.failure = new Error('down');
    const told = await stream.knock({ token: 'somebody-new' });
    stream.people.failure = undefined;
    expect(told).to.deep.include({ status: 503 });
    expect(told.headers).to.include({ 'retry-after': '5' });
    expect(await stream.metric('dorgu_stream_refused_total{reason="unavailable"}')).to.equal(1);
  });

  it('tells each connection in the log, with nothing that opens anything', async () => {
    const userAgent = `\u001b[31mred ${'x'.repeat(1000)}`;
    const follower = await stream.follow({ token: forUs, headers: { 'user-agent': userAgent.replace('\u001b', '') } });
    follower.say({ type: 'ping' });
    await follower.hear('response');
    follower.socket.close(1000);
    await follower.closed;
    const [opened] = stream.said('Stream opened').slice(-1) as { userAgent: string }[];
    expect(opened).to.deep.include({ user: 'carol', groups: 1, by: 'token', address: '127.0.0.1' });
    expect(opened?.userAgent).to.have.length(257);
    const [closed] = await waitUntil('its end', () => {
      const said = stream.said('Stream closed').slice(-1) as { connection: number }[];
      return said[0]?.connection === (opened as unknown as { connection: number }).connection ? said : undefined;
    }, { timeoutMs: 5000 });
    expect(closed).to.deep.include({ user: 'carol', reason: 'client', code: 1000, sent: 2, received: 1 });
    expect(JSON.stringify(stream.logger.lines)).to.not.include(forUs.slice(-10));
  }); // prettier-ignore

  it('changes its certificate without breaking a connection', async () => {
    const follower = await stream.follow();
    const before = (await stream.open()).socket.getPeerCertificate().serialNumber;
    await stream.certify();
    expect((await stream.open()).socket.getPeerCertificate().serialNumber).to.not.equal(before);
    follower.say({ type: 'ping', requestId: 'still here' });
    expect(await follower.hear('response')).to.deep.include({ requestId: 'still here', payload: {} });
    follower.socket.close();
  });

  it('says so where its certificate is for others', async () => {
    const title = 'The certificate is not for the stream: who checks it will not connect';
    expect(stream.said(title)).to.deep.equal([]);
    await stream.certify('elsewhere.example');
    expect(stream.said(title)).to.deep.equal([{ expected: host, names: 'DNS:elsewhere.example' }]);
    await stream.certify();
    expect(stream.said(title)).to.have.length(1);
  });

  it('names the flag when its address is taken', async () => {
    const second = new ServedStream({ address: { host: '127.0.0.1', port: stream.port } });
    const error = await second.start().catch((failure: unknown) => failure);
    expect(String(error)).to.match(/--websocket-bind-address: cannot listen on 127.0.0.1:\d+: .*EADDRINUSE/);
    await second.stop();
  });
});

describe('the room behind the door', () => {
  it('hangs up on handshakes of TLS that never begin, stand still, or come a byte at a time (F5); others come in meanwhile', async () => {
    const times = { ...defaultStreamTimes, handshakeMs: 300 };
    const stream = await new ServedStream({ times }).start();
    const hello = Buffer.from('160301020001000001fc0303', 'hex');
    const callers = Array.from({ length: 30 }, (_, index) => {
      const socket = connectTcp(stream.port, '127.0.0.1').on('error', () => undefined);
      const bytes = hello.subarray(0, index % 3 === 0 ? 0 : hello.length);
      if (index % 3 === 1) socket.write(bytes);
      let sent = 0;
      const drip = setInterval(() => index % 3 === 2 && socket.write(bytes.subarray(sent, (sent += 1))), 40);
      return new Promise<void>((resolve) =>
        socket.resume().once('close', () => {
          clearInterval(drip);
          resolve();
        }),
      );
    });
    const follower = await stream.follow();
    await Promise.all(callers);
    follower.say({ type: 'ping' });
    await follower.hear('response');
    expect(await stream.metric('dorgu_stream_refused_total{reason="handshake"}')).to.equal(30);
    await stream.stop();
  });

  it('holds so many connections of one user, and so many of all', async () => {
    const limits = { ...defaultStreamLimits, mostConnections: 3, mostConnectionsOfUser: 2 };
    const stream = await new ServedStream({ limits }).start();
    stream.people.users.set('carol', { username: 'carol' });
    const first = await stream.follow();
    await stream.follow();
    expect((await stream.knock()).status).to.equal(429);
    await stream.follow({ token: 'bob' });
    expect(await stream.metric('dorgu_stream_connections')).to.equal(3);
    expect((await stream.knock({ token: 'carol' })).status).to.equal(503);
    first.socket.close();
    await waitUntil('room', async () => ((await stream.metric('dorgu_stream_connections')) === 2 ? true : undefined), { timeoutMs: 5000 }); // prettier-ignore
    await stream.follow();
    await stream.stop();
    expect(await stream.metric('dorgu_stream_connections')).to.equal(0);
  });

  it('sends those away who say nothing for too long, and those who have waited longest where too many wait', async () => {
    const limits = { ...defaultStreamLimits, mostAtTheDoor: 3 };
    const times = { ...defaultStreamTimes, handshakeMs: 300 };
    const stream = await new ServedStream({ limits, times }).start();
    const callers = [];
    for (let count = 0; count < 4; count += 1)
      callers.push((await stream.open()).write('GET /ws HTTP/1.1\r\n'));
    await callers[0]?.ended;
    const follower = await stream.follow();
    await Promise.all(callers.map(({ ended }) => ended));
    follower.say({ type: 'ping' });
    await follower.hear('response');
    expect(await stream.metric('dorgu_stream_refused_total{reason="door"}')).to.equal(4);
    await stream.stop();
  });
});
