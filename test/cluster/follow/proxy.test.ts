// The way to --operator-url where a proxy stands in between: a real one, that is asked to CONNECT.
import { expect } from 'chai';
import { createFeed } from '../../../src/cluster/follow/create-feed.ts';
import type { ConnectedClient } from '../../../src/kube/client.ts';
import { nameOfProxies, startConnectProxy, type TestProxy } from '../../kube/proxies.ts';
import { FakeApiServer } from '../../faults/fake-api-server.ts';
import { ObjectStorage } from '../../faults/object-storage.ts';
import { createFakeClient } from '../../kube/watch/watching.ts';
import { waitUntil } from '../wait-until.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { startTlsStream, type TlsStream } from './tls-stream.ts';

describe('the way to --operator-url through a proxy', () => {
  let stream: TlsStream;
  let api: FakeApiServer;
  let proxy: TestProxy | undefined;
  let ending: AbortController;
  let running: Promise<void> | undefined;

  before(async () => {
    stream = await startTlsStream([{ type: 'dns', value: nameOfProxies }]);
    api = await FakeApiServer.start(
      new ObjectStorage({ apiVersion: 'dorgu.io/v1', kind: 'ApplicationPersona' }),
    );
  });
  after(async () => {
    stream.stop();
    await api.stop();
  });
  beforeEach(() => {
    stream.renew();
    ending = new AbortController();
  });
  afterEach(async () => {
    ending.abort();
    await running?.catch(() => undefined);
    await proxy?.stop();
    proxy = undefined;
  });

  function follow(env: Record<string, string>): Recorder<'personas'> {
    const recorder = createRecorder('personas');
    const identity = {
      token: 'secret',
      certificate: undefined,
      isImpersonating: false,
      isServerVerified: true,
    };
    const client: ConnectedClient = {
      ...createFakeClient(api),
      identify: () => Promise.resolve(identity),
    };
    const feed = createFeed(
      client,
      { topic: 'personas' },
      {
        operatorUrl: `wss://${nameOfProxies}:${stream.port}/ws`,
        operatorCa: stream.authority.own.certificate,
        env,
        now: Date.now,
        random: () => 0,
        tuning: { reconnection: { backMs: [1, 2], awayMs: [5, 10] }, checkMs: 10 },
      },
    );
    running = feed.run(recorder, ending.signal);
    running.catch(() => undefined);
    return recorder;
  }
  const until = (what: string, is: () => boolean) =>
    waitUntil(what, () => is() || undefined, { timeoutMs: 10_000, intervalMs: 2 });

  for (const name of ['HTTPS_PROXY', 'https_proxy'])
    it(`is the one that ${name} names, with its credentials; ours are for the operator alone, inside of TLS`, async () => {
      proxy = await startConnectProxy();
      const recorder = follow({ [name]: `http://jo:pw@127.0.0.1:${proxy.port}` });
      await until('the state', () => recorder.known.has('shop/web'));
      stream.operator.put('cart');
      await until('a change', () => recorder.known.has('shop/cart'));
      expect(proxy.asked).to.deep.equal([`${nameOfProxies}:${stream.port}`]);
      expect(proxy.credentials).to.deep.equal([`Basic ${Buffer.from('jo:pw').toString('base64')}`]);
      expect(stream.shown).to.deep.equal(['Bearer secret']);
      expect(recorder.notices).to.deep.equal([]);
    });

  it('is taken again where the connection through it breaks off', async () => {
    proxy = await startConnectProxy();
    const recorder = follow({ HTTPS_PROXY: `127.0.0.1:${proxy.port}` });
    await until('the state', () => recorder.known.has('shop/web'));
    for (const socket of stream.operator.sockets) socket.terminate();
    stream.operator.put('web', 'Failed');
    await until('what happened', () => recorder.known.get('shop/web')?.phase === 'Failed');
    expect(proxy.asked).to.have.length(2);
    expect(recorder.notices).to.deep.equal(['stream resumed']);
  });

  it('gives way to the API server where the proxy refuses, which is told in its words', async () => {
    proxy = await startConnectProxy({ refuseWith: '403 Forbidden' });
    const recorder = follow({ HTTPS_PROXY: `http://jo:pw@127.0.0.1:${proxy.port}` });
    await until('a state', () => recorder.states.length > 0);
    expect(recorder.notices).to.have.length(1);
    expect(recorder.notices[0])
      .to.match(/^stream unavailable \(the proxy at .*\): watching the API server instead$/)
      .and.not.include('pw');
    expect(stream.shown).to.deep.equal([]);
  });

  it('leads past a proxy that NO_PROXY excepts it from', async () => {
    proxy = await startConnectProxy();
    const recorder = follow({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: nameOfProxies });
    await until('a state', () => recorder.states.length > 0);
    expect(recorder.notices[0]).to.match(/ENOTFOUND|EAI_AGAIN/);
    expect(proxy.asked).to.deep.equal([]);
  });
});
