import { expect } from 'chai';
import { connect } from 'node:net';
import { createFeed, type FeedOptions } from '../../../src/cluster/follow/create-feed.ts';
import type { ClientIdentity, ConnectedClient } from '../../../src/kube/client.ts';
import { toStatus } from '../../faults/api-server.ts';
import { refusalOf } from '../../kube/connecting.ts';
import { PlayedKubelet } from '../../kube/port-forward/played-kubelet.ts';
import { createFakeClient } from '../../kube/watch/watching.ts';
import { createAuthority } from '../certificates.ts';
import { waitUntil } from '../wait-until.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { startTlsStream, type TlsStream } from './tls-stream.ts';

const host = 'dorgu-stream.dorgu-system.svc';
const pods = '/api/v1/namespaces/dorgu-system/pods';
const ca = '/api/v1/namespaces/dorgu-system/configmaps/dorgu-ca';
const deployments = '/apis/apps/v1/deployments';
const accountToken = `x.${Buffer.from('{"sub":"system:serviceaccount:ci:watcher"}').toString('base64url')}.x`;
const mint = '/api/v1/namespaces/ci/serviceaccounts/watcher/token';

const list = (...items: object[]) => ({ kind: 'List', metadata: { resourceVersion: '1' }, items });
const pod = (name: string, { isReady = true, port = 'stream' } = {}) => ({
  metadata: { namespace: 'dorgu-system', name, uid: name, resourceVersion: '1' },
  spec: { containers: [{ ports: [{ name: port, containerPort: 9090 }] }] },
  status: { conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] },
});
const forbidden = (what: string) => toStatus(403, 'Forbidden', `${what} is forbidden`);

describe('the way of a feed', () => {
  let kubelet: PlayedKubelet;
  let stream: TlsStream;
  let ending: AbortController;
  let running: Promise<void> | undefined;
  let identity: ClientIdentity;
  /** By method and path; what is not there is forbidden. */
  const answers = new Map<string, object>();
  const asked: string[] = [];

  before(async () => {
    kubelet = await PlayedKubelet.start();
    kubelet.answer = (request, response) => {
      const key = `${request.method} ${new URL(request.url ?? '', 'http://host').pathname}`;
      asked.push(key);
      const body = answers.get(key.replace(/^GET /, '')) ?? forbidden(key);
      response.writeHead('code' in body ? Number(body.code) : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    stream = await startTlsStream([
      { type: 'dns', value: host },
      { type: 'ip', value: '127.0.0.1' },
    ]);
    kubelet.target = () => connect(stream.port, '127.0.0.1');
  });
  after(async () => {
    stream.stop();
    await kubelet.stop();
  });
  beforeEach(() => {
    stream.renew();
    ending = new AbortController();
    identity = { token: 'secret', certificate: undefined, isImpersonating: false, isServerVerified: true };
    for (const kept of [asked, kubelet.forwards]) kept.length = 0;
    answers.clear();
    answers.set(pods, list(pod('a')));
    answers.set(ca, { metadata: { name: 'dorgu-ca' }, data: { 'ca.crt': stream.authority.own.certificate } });
  });
  afterEach(async () => {
    ending.abort();
    await running?.catch(() => undefined);
  });

  function start(options: Partial<FeedOptions> = {}): Recorder<'personas'> {
    const recorder = createRecorder('personas');
    const client: ConnectedClient = {
      ...createFakeClient(kubelet),
      identify: () => Promise.resolve(identity),
    };
    const tuning = { reconnection: { backMs: [1, 2] as const }, checkMs: 10 };
    const feed = createFeed(
      client,
      { topic: 'personas' },
      { now: Date.now, random: () => 0, tuning, ...options },
    );
    running = feed.run(recorder, ending.signal);
    running.catch(() => undefined);
    return recorder;
  }
  const until = (what: string, is: () => boolean) =>
    waitUntil(what, () => is() || undefined, { timeoutMs: 5000, intervalMs: 2 });
  const podsOf = () => kubelet.forwards.map(({ url }) => /pods\/([^/]+)/.exec(url)?.[1]);

  it("leads through the API server into a ready pod, with the operator's own CA, in three requests", async () => {
    answers.set(pods, list(pod('old', { isReady: false }), pod('a')));
    const recorder = start();
    await until('the state', () => recorder.states.length > 0);
    expect(asked).to.deep.equal([`GET ${pods}`, `GET ${ca}`]);
    expect(podsOf()).to.deep.equal(['a']);
    expect(stream.shown).to.deep.equal(['Bearer secret']);
    expect(recorder.notices).to.deep.equal([]);
  });

  it('leads into another pod when one goes', async () => {
    answers.set(pods, list(pod('a'), pod('b')));
    const recorder = start();
    await until('the state', () => recorder.states.length > 0);
    kubelet.cut();
    await until('it is back', () => recorder.notices.length > 0);
    expect(recorder.notices).to.deep.equal(['stream resumed']);
    expect(podsOf()).to.deep.equal(['a', 'b']);
  });

  it('is found wherever the operator is', async () => {
    answers.set(pods, list());
    answers.set(deployments, list({ metadata: { namespace: 'tools', name: 'dorgu-operator' } }));
    answers.set('/api/v1/namespaces/tools/pods', list(pod('a', { isReady: false })));
    const recorder = start();
    await until('a word', () => recorder.notices.length > 0);
    expect(asked).to.include('GET /api/v1/namespaces/tools/pods');
  });

  it('is shown a token that is made for it, where an account may have one made, and keeps that', async () => {
    identity = { ...identity, token: accountToken };
    const expirationTimestamp = new Date(Date.now() + 3_600_000).toISOString();
    answers.set(`POST ${mint}`, { status: { token: 'made-for-it', expirationTimestamp } });
    const recorder = start();
    await until('the state', () => recorder.states.length > 0);
    stream.operator.close();
    await until('it is back', () => recorder.notices.length > 0);
    stream.operator.close(4401);
    await until('it is back again', () => stream.shown.length === 3);
    expect(stream.shown).to.deep.equal(Array(3).fill('Bearer made-for-it'));
    // Twice, for those that ran out are not kept.
    expect(asked.filter((one) => one === `POST ${mint}`)).to.have.length(2);
  });

  it("is shown the account's own token where it may not have one made, and does not ask again", async () => {
    identity = { ...identity, token: accountToken };
    const recorder = start();
    await until('the state', () => recorder.states.length > 0);
    stream.operator.close();
    await until('it is back', () => recorder.notices.length > 0);
    expect(stream.shown).to.deep.equal(Array(2).fill(`Bearer ${accountToken}`));
    expect(asked.filter((one) => one === `POST ${mint}`)).to.have.length(1);
  });

  it('leads straight to --operator-url, checked against --operator-ca', async () => {
    answers.clear();
    const { port } = stream;
    const operatorUrl = `wss://127.0.0.1:${port}`;
    const recorder = start({ operatorUrl, operatorCa: stream.authority.own.certificate });
    await until('the state', () => recorder.states.length > 0);
    expect({ asked, forwards: podsOf(), shown: stream.shown }).to.deep.equal({
      asked: [],
      forwards: [],
      shown: ['Bearer secret'],
    });
  });

  for (const operatorUrl of [
    'ws://stream.example',
    'https://stream.example',
    'stream.example',
    'wss://jane:pw@stream.example',
  ])
    it(`does not lead to ${operatorUrl}`, async () => {
      const error = await refusalOf(() => start({ operatorUrl }));
      expect(error).to.include({ code: 'BadFlagValue', kind: 'usage' });
      expect(error.message).to.not.include('pw');
    });

  const obstacles: Record<string, [() => void, string | RegExp]> = {
    'without an operator': [
      () => {
        answers.set(pods, list());
        answers.set(deployments, list());
      },
      'there is no operator in this cluster',
    ],
    'without a pod of the operator, where nobody may look for it elsewhere': [
      () => answers.set(pods, list()),
      'no pod of the operator in dorgu-system',
    ],
    'where the operator has the stream switched off': [
      () => answers.set(pods, list(pod('a', { port: 'webhook' }))),
      'the operator does not serve the stream',
    ],
    'where no pod is ready': [
      () => answers.set(pods, list(pod('a', { isReady: false }))),
      'no pod of the operator is ready',
    ],
    'where pods may not be listed': [() => answers.set(pods, forbidden('pods')), 'pods is forbidden'],
    'where a port may not be forwarded': [
      () =>
        kubelet.refusals.push({ status: 403, reason: 'Forbidden', message: 'pods/portforward is forbidden' }),
      'pods/portforward is forbidden',
    ],
    'where the CA may not be read': [
      () => answers.set(ca, forbidden('configmaps')),
      'configmaps is forbidden',
    ],
    'where there is no CA': [
      () => answers.set(ca, { data: {} }),
      'ConfigMap dorgu-system/dorgu-ca holds no certificate in ca.crt',
    ],
    'with --as': [
      () => (identity = { ...identity, isImpersonating: true }),
      'requests are made as somebody else (--as)',
    ],
    'with --insecure-skip-tls-verify': [
      () => (identity = { ...identity, isServerVerified: false }),
      "the API server's certificate is not checked",
    ],
    'without credentials to show': [
      () => (identity = { ...identity, token: undefined }),
      'there is neither a token nor a client certificate to show the operator',
    ],
  };
  for (const [title, [hinder, reason]] of Object.entries(obstacles))
    it(`gives way to the API server ${title}, whose no ends the feed`, async () => {
      hinder();
      const recorder = start();
      expect(await refusalOf(running!)).to.include({ code: 'Forbidden' });
      expect(recorder.notices).to.deep.equal([
        `stream unavailable (${reason}): watching the API server instead`,
      ]);
      expect(stream.shown).to.deep.equal([]);
    });

  it('shows no credentials to a pod that another CA vouches for', async () => {
    const { own } = await createAuthority('another');
    answers.set(ca, { data: { 'ca.crt': own.certificate } });
    const recorder = start();
    await refusalOf(running!);
    expect(recorder.notices[0]).to.match(
      /^stream unavailable \(the operator's certificate cannot be trusted: /,
    );
    expect(stream.shown).to.deep.equal([]);
  });
});
