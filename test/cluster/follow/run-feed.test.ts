import { expect } from 'chai';
import type { FeedListener } from '../../../src/cluster/follow/feed.ts';
import { runFeed, type FeedTuning } from '../../../src/cluster/follow/run-feed.ts';
import type { OperatorRoute } from '../../../src/cluster/follow/stream/operator-route.ts';
import type { KubeClient } from '../../../src/kube/client.ts';
import type { PersonaItem } from '../../../src/protocol/items.ts';
import { StreamFailed } from '../../../src/socket/session-end.ts';
import { FakeApiServer } from '../../faults/fake-api-server.ts';
import { ObjectStorage } from '../../faults/object-storage.ts';
import { createFakeClient, impatience } from '../../kube/watch/watching.ts';
import { createRandom } from '../../random.ts';
import { PlayedOperator } from '../../socket/played-operator.ts';
import { waitUntil } from '../wait-until.ts';
import { createRecorder, type Recorder } from './recorder.ts';

const noClient = {} as KubeClient;
const quick: FeedTuning = {
  watch: impatience,
  reconnection: { backMs: [1, 2], awayMs: [5, 10], graceMs: 60_000, steadyMs: 0 },
  checkMs: 5,
};

describe('a feed', () => {
  const ending = { abort: new AbortController() };
  let server: FakeApiServer | undefined;
  let client: KubeClient | undefined;
  let running: Promise<void> | undefined;

  beforeEach(() => (ending.abort = new AbortController()));
  afterEach(async () => {
    ending.abort.abort();
    await running?.catch(() => undefined);
    client?.close();
    await server?.stop();
    running = client = server = undefined;
  });

  async function serve(names: readonly string[]): Promise<ObjectStorage> {
    const storage = new ObjectStorage({ apiVersion: 'dorgu.io/v1', kind: 'ApplicationPersona' });
    for (const name of names) storage.put(`shop/${name}`, { spec: { name } });
    server = await FakeApiServer.start(storage);
    client = createFakeClient(server);
    return storage;
  }

  function start(
    route: OperatorRoute['open'],
    options: { tuning?: FeedTuning; random?: () => number; now?: () => number } = {},
  ): Recorder<'personas'> {
    const recorder = createRecorder('personas');
    const { tuning = quick, random = () => 0.5, now = Date.now } = options;
    const parts = { client: client ?? noClient, route: { open: route }, now, random, tuning };
    const listener: FeedListener<'personas'> = recorder;
    running = runFeed({ ...parts, query: { topic: 'personas' }, listener }, ending.abort.signal);
    return recorder;
  }

  const refuse = (reason: string) => () =>
    Promise.reject(new StreamFailed({ kind: 'refused' as const, reason }));
  const until = (what: string, is: () => boolean) =>
    waitUntil(what, () => is() || undefined, { timeoutMs: 5000, intervalMs: 2 });
  const namesOf = (recorder: Recorder<'personas'>) => [...recorder.known.keys()].sort();

  it('holds what the operator has after a thousand cuts at random bytes, each change told once (F6)', async function () {
    this.timeout(60_000);
    const random = createRandom(7);
    const operator = new PlayedOperator();
    for (let index = 0; index < 8; index++) operator.put(`web-${index}`);
    let connections = 0;
    const cutAfter = () => {
      connections += 1;
      // The first is whole: without a state there is no break, but an operator that cannot be reached.
      if (connections === 1) return 10_000;
      return connections <= 1001 ? 150 + Math.floor(random() * 6000) : Infinity;
    };
    const recorder = start(() => operator.open(cutAfter()), {
      tuning: { ...quick, reconnection: { backMs: [0, 0], graceMs: Infinity, steadyMs: 0 } },
      random,
    });
    await waitUntil(
      'a thousand cuts',
      () => {
        for (let turn = 0; turn < 5; turn++) {
          const name = `web-${Math.floor(random() * 12)}`;
          if (random() < 0.3) operator.remove(name);
          else operator.put(name);
        }
        return connections > 1001 || undefined;
      },
      { timeoutMs: 50_000, intervalMs: 0 },
    );
    const versions = (items: Iterable<PersonaItem>) =>
      [...items].map(({ name, resourceVersion, phase }) => `${name} ${resourceVersion} ${phase}`).sort();
    const held = () => versions(recorder.known.values()).join();
    const there = () => versions(operator.items.values()).join();
    await until('the same on both sides', () => held() === there());
    expect(recorder.contradictions).to.deep.equal([]);
    expect(recorder.states).to.have.length(1);
    expect(recorder.changes.length).to.be.greaterThan(500);
  });

  it('says once why there is no stream, and watches the API server', async () => {
    const storage = await serve(['cart', 'web']);
    const recorder = start(refuse('there is no operator in this cluster'));
    await until('the state', () => recorder.states.length > 0);
    storage.put('shop/db', { spec: { name: 'db' } });
    storage.delete('shop/cart');
    await until('both changes', () => recorder.changes.length === 2);
    expect(namesOf(recorder)).to.deep.equal(['shop/db', 'shop/web']);
    expect(recorder.notices).to.deep.equal([
      'stream unavailable (there is no operator in this cluster): watching the API server instead',
    ]);
    expect(recorder.contradictions).to.deep.equal([]);
  });

  it('waits so long for a connection that hangs, and then watches the API server', async () => {
    await serve(['web']);
    const recorder = start(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }),
      { tuning: { ...quick, openMs: 50 } },
    );
    await until('the state', () => recorder.states.length > 0);
    expect(recorder.notices).to.deep.equal([
      'stream unavailable (no connection within 0.05 s): watching the API server instead',
    ]);
  });

  it('goes over to the stream when it comes, and tells only what is different there', async () => {
    const storage = await serve(['cart', 'web']);
    const operator = new PlayedOperator({ version: 1000 });
    let isThere = false;
    const recorder = start(() => (isThere ? operator.open() : refuse('no operator')()));
    await until('the state', () => recorder.states.length > 0);
    for (const name of ['web', 'db']) operator.put(name);
    isThere = true;
    await until('the stream', () => recorder.notices.includes('stream resumed'));
    await until('its state', () => recorder.known.has('shop/db'));
    expect(recorder.changes.map(({ eventType, item }) => `${eventType} ${item.name}`)).to.have.members([
      'deleted cart',
      'updated web',
      'created db',
    ]);
    await until('no watch any more', () => server?.watches === 0);
    storage.put('shop/late', { spec: { name: 'late' } });
    operator.put('db', 'Failing');
    await until('a change of the stream', () => recorder.known.get('shop/db')?.phase === 'Failing');
    expect(recorder.known.has('shop/late')).to.equal(false);
    expect(recorder.contradictions).to.deep.equal([]);
  });

  it('comes back after a break with one word, and tells what happened meanwhile', async () => {
    const operator = new PlayedOperator();
    for (const name of ['cart', 'web']) operator.put(name);
    const recorder = start(() => operator.open());
    await until('the state', () => recorder.states.length > 0);
    operator.close();
    operator.remove('cart');
    operator.put('web', 'Failing');
    await until('what happened', () => recorder.changes.length === 2);
    expect(recorder.notices).to.deep.equal(['stream resumed']);
    expect(recorder.changes.map(({ eventType, item }) => `${eventType} ${item.name}`)).to.deep.equal([
      'deleted cart',
      'updated web',
    ]);
  });

  it('comes back without a word when its credentials have run out, with others', async () => {
    const operator = new PlayedOperator();
    operator.put('web');
    const asked: boolean[] = [];
    const recorder = start(({ isRefused }) => {
      asked.push(isRefused);
      return operator.open();
    });
    await until('the state', () => recorder.states.length > 0);
    operator.close(4401, 'token expired');
    await until('another connection', () => asked.length === 2 && operator.heard.length === 2);
    operator.put('web', 'Failing');
    await until('a change', () => recorder.changes.length === 1);
    expect({ asked, notices: recorder.notices }).to.deep.equal({ asked: [false, true], notices: [] });
  });

  it('reconnects at once after the machine slept', async () => {
    const operator = new PlayedOperator();
    operator.put('web');
    let sleptMs = 0;
    let connections = 0;
    const recorder = start(() => ((connections += 1), operator.open()), { now: () => Date.now() + sleptMs });
    await until('the state', () => recorder.states.length > 0);
    // It is asleep: neither clock nor socket say anything, and the operator gives the connection up.
    sleptMs = 120_000;
    await until('another connection', () => connections === 2);
    await until('the word', () => recorder.notices.length === 1);
    expect(recorder.notices).to.deep.equal(['stream resumed']);
  });

  for (const [what, code] of [
    ['a right that the operator denies', 'forbidden'],
    ['a kind that the operator misses', 'missing'],
    ['a selector that the operator cannot read', 'invalid'],
    ['too many subscriptions', 'too-many'],
    ['an operator that cannot ask the API server', 'unavailable'],
  ] as const)
    it(`asks the API server about ${what}`, async () => {
      await serve(['web']);
      const operator = new PlayedOperator();
      operator.answer = (socket) =>
        operator.send(socket, {
          type: 'error',
          topic: 'personas',
          timestamp: '',
          payload: { code, message: `that is ${code}` },
        });
      const recorder = start(() => operator.open());
      await until('the state', () => recorder.states.length > 0);
      expect(recorder.notices).to.deep.equal([
        `stream unavailable (that is ${code}): watching the API server instead`,
      ]);
    });

  it('ends with the words of an API server that says no', async () => {
    await serve(['web']);
    server?.inject({ kind: 'answer', status: 403, reason: 'Forbidden' }, 'any', 100);
    start(refuse('forbidden'));
    const error = await running?.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.include({ name: 'KubeError', code: 'Forbidden' });
  });

  it('goes on without the API server where something was told before', async () => {
    const operator = new PlayedOperator();
    operator.put('web');
    const storage = await serve(['web']);
    let isGone = false;
    const recorder = start(() => (isGone ? refuse('gone')() : operator.open()));
    await until('the state', () => recorder.states.length > 0);
    server?.inject({ kind: 'reset' }, 'any', 20);
    isGone = true;
    operator.close();
    await until('the fallback', () => recorder.notices.length === 1);
    storage.put('shop/db', { spec: { name: 'db' } });
    await until('what the API server has', () => recorder.known.has('shop/db'));
    expect(recorder.contradictions).to.deep.equal([]);
  });

  it('says once that the API server is away as well, and once that it answers again', async () => {
    const storage = await serve(['web']);
    let sleptMs = 0;
    const now = () => Date.now() + sleptMs;
    const recorder = start(refuse('no operator'), { tuning: { ...quick, silenceMs: 10 }, now });
    await until('the state', () => recorder.states.length > 0);
    server?.inject({ kind: 'reset' }, 'any', 10_000);
    server?.disturb({ kind: 'reset' });
    await until('a word', () => recorder.notices.length === 2);
    sleptMs += 60_000;
    server?.heal();
    storage.put('shop/db', { spec: { name: 'db' } });
    await until('what happened meanwhile', () => recorder.known.has('shop/db'));
    await until('another word', () => recorder.notices.length === 3);
    const [, away = '', back] = recorder.notices;
    expect(away).to.match(/^the API server does not answer \(.+\): waiting for it$/);
    expect(back).to.equal('the API server answers again');
    expect(recorder.contradictions).to.deep.equal([]);
  });

  const sources = {
    'the stream': () => new PlayedOperator(),
    'the API server': () => undefined,
  };
  const moments = {
    'the first state': (recorder: Recorder<'personas'>) => (recorder.onState = fail),
    'a change': (recorder: Recorder<'personas'>) => (recorder.onChange = fail),
  };
  const fail = (): never => {
    throw new Error('the listener has a defect');
  };
  for (const [source, play] of Object.entries(sources))
    for (const [moment, spoil] of Object.entries(moments))
      it(`ends with what a listener throws at ${moment} from ${source}, and tells it nothing more`, async () => {
        const storage = await serve(['web']);
        const operator = play();
        operator?.put('web');
        let told = 0;
        const recorder = start(() => operator?.open() ?? refuse('no operator')());
        spoil(recorder);
        recorder.onNotice = () => void (told += 1);
        const put = setInterval(() => {
          operator?.put('web', `phase ${Math.random()}`);
          storage.put('shop/web', { spec: { name: 'web', type: `${Math.random()}` } });
        }, 5);
        const error = await running?.catch((reason: unknown) => reason).finally(() => clearInterval(put));
        expect(error).to.be.an('error').with.property('message', 'the listener has a defect');
        expect(told).to.equal(operator === undefined ? 1 : 0);
      });
});
