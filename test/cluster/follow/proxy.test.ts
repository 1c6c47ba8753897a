// The way to --operator-url where a proxy stands in between: a real one, that is asked to CONNECT.
import { expect } from 'chai';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { createFeed } from '../../../src/cluster/follow/create-feed.ts';
import type { ConnectedClient } from '../../../src/kube/client.ts';
import { nameOfProxies, startConnectProxy, type TestProxy } from '../../kube/proxies.ts';
import { FakeApiServer } from '../../faults/fake-api-server.ts';
import { ObjectStorage } from '../../faults/object-storage.ts';
import { createFakeClient } from '../../kube/watch/watching.ts';
import { PlayedOperator } from '../../socket/played-operator.ts';
import { createAuthority, type Authority } from '../certificates.ts';
import { waitUntil } from '../wait-until.ts';
import { createRecorder, type Recorder } from './recorder.ts';

describe('the way to --operator-url through a proxy', () => {
  let authority: Authority;
  let server: Server;
  let operator: PlayedOperator;
  let api: FakeApiServer;
  let proxy: TestProxy | undefined;
  let ending: AbortController;
  let running: Promise<void> | undefined;
  const shown: (string | undefined)[] = [];

  before(async () => {
    authority = await createAuthority('dorgu');
    const { certificate: cert, key } = await authority.issueServing('stream', [
      { type: 'dns', value: nameOfProxies },
    ]);
    const sockets = new WebSocketServer({ noServer: true });
    server = createServer({ cert, key });
    server.on('upgrade', (request, socket, head) => {
      shown.push(request.headers.authorization);
      sockets.handleUpgrade(request, socket, head, (accepted) => operator.accept(accepted));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    api = await FakeApiServer.start(
      new ObjectStorage({ apiVersion: 'dorgu.io/v1', kind: 'ApplicationPersona' }),
    );
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await api.stop();
  });
  beforeEach(() => {
    operator = new PlayedOperator();
    operator.put('web');
    ending = new AbortController();
    shown.length = 0;
  });
  afterEach(async () => {
    ending.abort();
    await running?.catch(() => undefined);
    await proxy?.stop();
    proxy = undefined;
  });

  const port = (): number => (server.address() as AddressInfo).port;
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
        operatorUrl: `wss://${nameOfProxies}:${port()}/ws`,
        operatorCa: authority.own.certificate,
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
      operator.put('cart');
      await until('a change', () => recorder.known.has('shop/cart'));
      expect(proxy.asked).to.deep.equal([`${nameOfProxies}:${port()}`]);
      expect(proxy.credentials).to.deep.equal([`Basic ${Buffer.from('jo:pw').toString('base64')}`]);
      expect(shown).to.deep.equal(['Bearer secret']);
      expect(recorder.notices).to.deep.equal([]);
    });

  it('is taken again where the connection through it breaks off', async () => {
    proxy = await startConnectProxy();
    const recorder = follow({ HTTPS_PROXY: `127.0.0.1:${proxy.port}` });
    await until('the state', () => recorder.known.has('shop/web'));
    for (const socket of operator.sockets) socket.terminate();
    operator.put('web', 'Failed');
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
    expect(shown).to.deep.equal([]);
  });

  it('leads past a proxy that NO_PROXY excepts it from', async () => {
    proxy = await startConnectProxy();
    const recorder = follow({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: nameOfProxies });
    await until('a state', () => recorder.states.length > 0);
    expect(recorder.notices[0]).to.match(/ENOTFOUND|EAI_AGAIN/);
    expect(proxy.asked).to.deep.equal([]);
  });
});
