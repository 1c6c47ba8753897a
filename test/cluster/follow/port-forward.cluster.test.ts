// The stream through a real API server, with kwok as the kubelet of two pods, and an operator behind each of them.
import { expect } from 'chai';
import { readFile, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { createFeed } from '../../../src/cluster/follow/create-feed.ts';
import type { ConnectedClient } from '../../../src/kube/client.ts';
import { connect as connectClient } from '../../../src/kube/connect.ts';
import { startConnectProxy } from '../../kube/proxies.ts';
import { operatorNamespace } from '../operator-account.ts';
import { startStreamStage, type StreamStage } from '../../stream/stage.ts';
import { waitUntil } from '../wait-until.ts';
import { createRecorder, type Recorder } from './recorder.ts';

const clientRole = resolve(import.meta.dirname, '../../../config/stream/client_role.yaml');

/** Where kwok sends what comes for one pod: nobody, until there is an operator. */
class Relay {
  port = 0;
  target: number | undefined;
  /** Connections that were taken. */
  taken = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server = createServer((socket) => {
    this.taken += 1;
    const onwards = this.target === undefined ? undefined : connect(this.target, '127.0.0.1');
    if (onwards === undefined) {
      socket.destroy();
      return;
    }
    for (const end of [socket, onwards]) {
      this.#sockets.add(end);
      end.on('error', () => undefined);
      end.on('close', () => [socket, onwards].forEach((one) => (this.#sockets.delete(one), one.destroy())));
    }
    socket.pipe(onwards).pipe(socket);
  });

  async start(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    this.port = (this.#server.address() as AddressInfo).port;
  }

  /** What a pod's end does to its connections. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  stop(): void {
    this.cut();
    this.#server.close();
  }
}

describe('the stream through the API server', () => {
  const relays = { a: new Relay(), b: new Relay() };
  let stage: StreamStage | undefined;
  let ending: AbortController;
  let running: Promise<void> | undefined;
  let token: string;

  before(async function () {
    this.timeout(35 * 60_000);
    for (const relay of Object.values(relays)) await relay.start();
    const forwardPodsTo = Object.entries(relays).map(([name, { port }]) => ({
      pod: `${operatorNamespace}/operator-${name}`,
      address: '127.0.0.1',
      port,
    }));
    stage = await startStreamStage({ nodes: 1, forwardPodsTo });
    if (stage === undefined) this.skip();
    const replicas = await Promise.all([stage.startOperator(), stage.startOperator()]);
    [relays.a.target, relays.b.target] = replicas.map(({ streamPort }) => streamPort);
    await stage.kubectl(['create', 'namespace', 'shop']);
    await stage.kubectl(['apply', '-f', clientRole]);
    await stage.kubectl(['create', 'serviceaccount', 'jane', '-n', 'shop']);
    const jane = '--serviceaccount=shop:jane';
    await stage.kubectl([
      'create',
      'rolebinding',
      'jane',
      '-n',
      operatorNamespace,
      '--role=dorgu-stream-client',
      jane,
    ]);
    const personas = '--resource=applicationpersonas.dorgu.io';
    await stage.kubectl(['create', 'role', 'reader', '-n', 'shop', '--verb=get,list,watch', personas]);
    await stage.kubectl(['create', 'rolebinding', 'reader', '-n', 'shop', '--role=reader', jane]);
    token = (await stage.kubectl(['create', 'token', 'jane', '-n', 'shop'])).trim();
    await runPod('a');
    await runPod('b');
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.stop();
    for (const relay of Object.values(relays)) relay.stop();
  });
  beforeEach(() => (ending = new AbortController()));
  afterEach(async () => {
    ending.abort();
    await running?.catch(() => undefined);
  });

  const kubectl: StreamStage['kubectl'] = (...args) => stage!.kubectl(...args);
  async function runPod(name: 'a' | 'b'): Promise<void> {
    await kubectl(['apply', '-f', '-'], {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `operator-${name}`,
        namespace: operatorNamespace,
        labels: { 'app.kubernetes.io/name': 'dorgu-operator' },
      },
      spec: {
        automountServiceAccountToken: false,
        terminationGracePeriodSeconds: 0,
        containers: [{ name: 'operator', image: 'dorgu', ports: [{ name: 'stream', containerPort: 9090 }] }],
      },
    });
    await kubectl([
      'wait',
      `pod/operator-${name}`,
      '-n',
      operatorNamespace,
      '--for=condition=Ready',
      '--timeout=60s',
    ]);
  }
  /** As a cluster does it: the pod is gone, and its connections with it. */
  async function removePod(name: 'a' | 'b'): Promise<void> {
    await kubectl([
      'delete',
      'pod',
      `operator-${name}`,
      '-n',
      operatorNamespace,
      '--force',
      '--grace-period=0',
    ]);
    relays[name].cut();
  }
  async function putPersona(name: string, tier = 'standard'): Promise<void> {
    await kubectl(['apply', '-f', '-'], {
      apiVersion: 'dorgu.io/v1',
      kind: 'ApplicationPersona',
      metadata: { name, namespace: 'shop' },
      spec: { name, type: 'api', tier },
    });
  }
  function follow(client: ConnectedClient, namespace = 'shop'): Recorder<'personas'> {
    const recorder = createRecorder('personas');
    const tuning = { reconnection: { awayMs: [50, 100] as const }, limits: { pingMs: 200 }, checkMs: 100 };
    const feed = createFeed(
      client,
      { topic: 'personas', namespace },
      { now: Date.now, random: Math.random, tuning },
    );
    running = feed.run(recorder, ending.signal);
    return recorder;
  }
  const until = (what: string, is: () => boolean) =>
    waitUntil(what, () => is() || undefined, { timeoutMs: 20_000, intervalMs: 5 });
  const tierOf = (recorder: Recorder<'personas'>, name: string) => recorder.known.get(`shop/${name}`)?.tier;

  it('goes on when its pod is replaced, falls back without one, and comes back, with nothing lost or told twice', async function () {
    this.timeout(90_000);
    await putPersona('web');
    const { client } = await stage!.connectAs({ token });
    const recorder = follow(client);
    await until('the state', () => recorder.states.length > 0);
    expect(recorder.notices).to.deep.equal([]);

    const [first, other] = relays.a.taken > 0 ? (['a', 'b'] as const) : (['b', 'a'] as const);
    await removePod(first);
    await putPersona('cart');
    await until('a change by the other pod', () => recorder.known.has('shop/cart'));
    expect(recorder.notices).to.deep.equal(['stream resumed']);
    expect(relays[other].taken).to.be.greaterThan(0);

    await removePod(other);
    await until('the API server instead', () => recorder.notices.length === 2);
    await putPersona('web', 'critical');
    await until('a change by the API server', () => tierOf(recorder, 'web') === 'critical');

    await runPod(first);
    await until('the stream again', () => recorder.notices.length === 3);
    await putPersona('cart', 'critical');
    await until('a change by the new pod', () => tierOf(recorder, 'cart') === 'critical');
    expect(recorder.notices).to.deep.equal([
      'stream resumed',
      'stream unavailable (no pod of the operator in dorgu-system): watching the API server instead',
      'stream resumed',
    ]);
    expect(recorder.contradictions).to.deep.equal([]);
  });

  it('goes through the proxy that the kubeconfig names, and comes back through it', async () => {
    const proxy = await startConnectProxy();
    const { kubeconfig } = await stage!.connectAs({ token });
    const text = await readFile(kubeconfig, 'utf8');
    const proxied = text.replace(/^( *)server: /m, `$1proxy-url: http://127.0.0.1:${proxy.port}\n$&`);
    await writeFile(kubeconfig, proxied);
    const client = await connectClient({
      env: { KUBECONFIG: kubeconfig },
      home: '',
      cwd: '/',
      userAgent: 'test',
    });
    try {
      const recorder = follow(client);
      await until('the state', () => recorder.states.length > 0);
      await putPersona('proxied');
      await until('a change', () => recorder.known.has('shop/proxied'));
      const before = proxy.asked.length;
      for (const relay of Object.values(relays)) relay.cut();
      await until('the stream again', () => recorder.notices.length > 0);
      await putPersona('proxied', 'critical');
      await until('another change', () => tierOf(recorder, 'proxied') === 'critical');
      expect(recorder.notices).to.deep.equal(['stream resumed']);
      expect(new Set(proxy.asked)).to.deep.equal(new Set([new URL(client.server).host]));
      expect(proxy.asked.length).to.be.greaterThan(before);
    } finally {
      ending.abort();
      await running;
      client.close();
      await proxy.stop();
    }
  });

  it('shows a namespace only to those who may list it, and says what the API server says', async () => {
    const { client } = await stage!.connectAs({ token });
    const recorder = follow(client, 'default');
    const error = await running!.then(
      () => undefined,
      (reason: unknown) => reason as Error,
    );
    expect(error).to.include({ code: 'Forbidden' });
    expect(error?.message).to.match(
      /cannot list resource "applicationpersonas".* in the namespace "default"/,
    );
    expect(recorder.states).to.deep.equal([]);
  });

  it('needs no more rights than config/stream gives, and fewer are not enough', async () => {
    const { client } = await stage!.connectAs({
      token: (await kubectl(['create', 'token', 'default', '-n', 'shop'])).trim(),
    });
    const recorder = follow(client);
    const error = await running!.catch((reason: unknown) => reason as Error);
    expect(error).to.include({ code: 'Forbidden' });
    expect(recorder.notices[0]).to.match(/^stream unavailable \(pods is forbidden: User /);
  });
});
