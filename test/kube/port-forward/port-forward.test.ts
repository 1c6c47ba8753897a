import { expect } from 'chai';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { createFixedAuthenticator, type Authenticator } from '../../../src/kube/auth/authenticator.ts';
import type { ConnectedClient } from '../../../src/kube/client.ts';
import { openPortForward } from '../../../src/kube/port-forward/open-port-forward.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { refusalOf } from '../connecting.ts';
import { createFakeClient } from '../watch/watching.ts';
import { PlayedKubelet } from './played-kubelet.ts';

describe('a forwarded port', () => {
  let kubelet: PlayedKubelet;
  let client: ConnectedClient;
  const streams: Duplex[] = [];

  before(async () => {
    kubelet = await PlayedKubelet.start();
    client = createFakeClient(kubelet);
  });
  after(async () => {
    client.close();
    await kubelet.stop();
  });
  afterEach(async () => {
    for (const stream of streams.splice(0)) stream.destroy();
    kubelet.forwards.length = 0;
    kubelet.target = undefined;
    await waitUntil('nothing open', () => kubelet.sockets.size === 0 || undefined, {
      timeoutMs: 2000,
      intervalMs: 2,
    });
  });

  async function open(by = client): Promise<Duplex> {
    const target = { namespace: 'dorgu-system', pod: 'operator-a', port: 9090 };
    const stream = await openPortForward(by, target, AbortSignal.timeout(5000));
    streams.push(stream);
    return stream;
  }

  it('carries bytes of every size in both directions, whole and in order', async () => {
    const stream = await open();
    const sent = createHash('sha256');
    const received = createHash('sha256');
    let left = 0;
    const chunks = [1, 0, 2, 31, 32 * 1024 - 1, 32 * 1024, 32 * 1024 + 1, 200_000, 5].map((size) =>
      randomBytes(size),
    );
    for (const chunk of chunks) {
      left += chunk.length;
      sent.update(chunk);
      stream.write(chunk);
    }
    for await (const bytes of stream) {
      received.update(bytes as Buffer);
      left -= (bytes as Buffer).length;
      if (left === 0) break;
    }
    expect(received.digest('hex')).to.equal(sent.digest('hex'));
    expect(
      kubelet.forwards.map(({ url, headers }) => [url, headers['sec-websocket-protocol']]),
    ).to.deep.equal([
      ['/api/v1/namespaces/dorgu-system/pods/operator-a/portforward?ports=9090', 'v4.channel.k8s.io'],
    ]);
  });

  it('reads no further than its reader does', async () => {
    const stream = await open();
    const [socket] = kubelet.sockets;
    const chunk = Buffer.alloc(64 * 1024);
    for (let count = 0; count < 400; count++) socket?.send(Buffer.concat([Buffer.from([0]), chunk]));
    await once(stream, 'readable');
    await waitUntil('the kubelet has to wait', () => (socket?.bufferedAmount ?? 0) > 5_000_000 || undefined, {
      timeoutMs: 2000,
    });
    expect(stream.readableLength).to.be.lessThan(2_000_000);
    let total = 0;
    stream.on('data', (bytes: Buffer) => (total += bytes.length));
    await waitUntil('all of it', () => total === 400 * chunk.length || undefined, { timeoutMs: 5000 });
  });

  it("fails with the kubelet's words", async () => {
    const stream = (await open()).resume();
    const failed = once(stream, 'error');
    kubelet.complain('error forwarding port 9090 to pod x: connection refused');
    const [error] = (await failed) as [Error];
    expect(error).to.include({
      name: 'ForwardBroken',
      message: 'error forwarding port 9090 to pod x: connection refused',
    });
  });

  it('fails when the way breaks, and ends when the pod ends it', async () => {
    const broken = (await open()).resume();
    const failed = once(broken, 'error');
    kubelet.cut();
    expect(((await failed) as [Error])[0].message).to.equal(
      'the connection through the API server broke off',
    );
    const ended = await open();
    ended.resume();
    for (const socket of kubelet.sockets) socket.close();
    await once(ended, 'end');
  });

  const refusals: Record<string, [number, string, string]> = {
    'that may not be forwarded': [
      403,
      'Forbidden',
      'pods "operator-a" is forbidden: User "jane" cannot create resource "pods/portforward"',
    ],
    'of a pod that is gone': [404, 'NotFound', 'pods "operator-a" not found'],
    'of an API server that is overloaded': [503, 'ServiceUnavailable', 'busy'],
  };
  for (const [title, [status, reason, message]] of Object.entries(refusals))
    it(`is refused in the API server's words: one ${title}`, async () => {
      kubelet.refusals.push({ status, reason, message });
      expect(await refusalOf(open())).to.include({
        name: 'KubeError',
        code: reason,
        message,
        httpStatus: status,
      });
    });

  it('is asked for once more with renewed credentials', async () => {
    let token = 'old';
    const renewing: Authenticator = {
      credentials: () => Promise.resolve({ headers: { authorization: `Bearer ${token}` } }),
      renew: () => Promise.resolve(((token = 'new'), true)),
    };
    const other = createFakeClient(kubelet, renewing);
    kubelet.refusals.push({ status: 401, reason: 'Unauthorized', message: 'Unauthorized' });
    await open(other);
    other.close();
    expect(kubelet.forwards.map(({ headers }) => headers.authorization)).to.deep.equal([
      'Bearer old',
      'Bearer new',
    ]);
  });

  it('says that the API server does not answer', async () => {
    const nobody = await PlayedKubelet.start();
    const { url } = nobody;
    await nobody.stop();
    const other = createFakeClient({ url });
    expect(await refusalOf(open(other))).to.include({ code: 'Unreachable' });
    other.close();
  });
});

describe('who a client is', () => {
  const identify = (headers: Record<string, string>) =>
    createFakeClient({ url: 'http://127.0.0.1:1' }, createFixedAuthenticator({ headers })).identify({
      isRefused: false,
      signal: new AbortController().signal,
    });

  it('is a token and a certificate, never a password', async () => {
    expect(await identify({ authorization: 'Bearer abc' })).to.deep.include({
      token: 'abc',
      isImpersonating: false,
    });
    expect(await identify({ authorization: 'Basic YTpi' })).to.deep.include({ token: undefined });
  });

  it('is somebody else where that is asked for', async () => {
    expect(await identify({ 'Impersonate-User': 'jane' })).to.include({ isImpersonating: true });
  });
});
