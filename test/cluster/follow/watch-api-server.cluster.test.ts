// What a feed shows where there is no stream, on a real API server: each topic, with filters.
import { expect } from 'chai';
import { createFeed } from '../../../src/cluster/follow/create-feed.ts';
import type { FeedQuery } from '../../../src/cluster/follow/feed.ts';
import type { ConnectedClient } from '../../../src/kube/client.ts';
import type { Topic } from '../../../src/protocol/messages.ts';
import { connectWith, refusalOf } from '../../kube/connecting.ts';
import { useCluster } from '../use-cluster.ts';
import { waitUntil } from '../wait-until.ts';
import { createRecorder, type Recorder } from './recorder.ts';

describe('a feed without a stream', () => {
  const cluster = useCluster();
  let client: ConnectedClient | undefined;
  let namespace: string;
  let ending: AbortController;
  let running: Promise<void> | undefined;

  before(async () => {
    client = (await connectWith(cluster.kubeconfig)) as ConnectedClient;
    namespace = await cluster.createNamespace();
    await putPersona('web', 'payments');
    await putPersona('cart', 'shop');
    for (const name of ['web', 'cart']) await putEvent(name);
  });
  after(() => client?.close());
  beforeEach(() => (ending = new AbortController()));
  afterEach(async () => {
    ending.abort();
    await running?.catch(() => undefined);
  });

  async function put(object: object): Promise<void> {
    const input = JSON.stringify(object);
    await cluster.expectKubectl(['apply', '--server-side', '-n', namespace, '-f', '-'], { input });
  }
  const putPersona = (name: string, team: string) =>
    put({
      apiVersion: 'dorgu.io/v1',
      kind: 'ApplicationPersona',
      metadata: { name, labels: { team } },
      spec: { name, type: 'api', tier: 'standard', ownership: { team } },
    });
  const putEvent = (name: string) =>
    put({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${name}.1` },
      involvedObject: { apiVersion: 'dorgu.io/v1', kind: 'ApplicationPersona', namespace, name },
      type: 'Warning',
      reason: 'Degraded',
      message: `${name} is degraded`,
    });
  function follow<T extends Topic>(query: FeedQuery<T>): Recorder<T> {
    const recorder = createRecorder(query.topic);
    const options = { now: Date.now, random: Math.random, operatorNamespace: namespace };
    running = createFeed(client!, query, options).run(recorder, ending.signal);
    running.catch(() => undefined);
    return recorder;
  }
  const until = (what: string, is: () => boolean) =>
    waitUntil(what, () => is() || undefined, { timeoutMs: 10_000, intervalMs: 10 });
  const namesOf = (recorder: Recorder<Topic>) => [...recorder.known.values()].map(({ name }) => name).sort();

  it('shows personas of a namespace, by name and by label, as they change', async () => {
    const recorder = follow({ topic: 'personas', namespace, labelSelector: 'team=shop', isWhole: true });
    await until('the state', () => recorder.states.length > 0);
    expect(namesOf(recorder)).to.deep.equal(['cart']);
    await putPersona('web', 'shop');
    await until('one that is meant now', () => namesOf(recorder).length === 2);
    await putPersona('web', 'payments');
    await until('one that is not meant any more', () => namesOf(recorder).length === 1);
    expect(recorder.changes.map(({ eventType, item }) => `${eventType} ${item.name}`)).to.deep.equal([
      'created web',
      'deleted web',
    ]);
    expect(recorder.known.get(`${namespace}/cart`)?.persona).to.have.nested.property('spec.name', 'cart');
    expect(recorder.contradictions).to.deep.equal([]);
  });

  it('shows Events of the personas that a selector means, though Events have no labels of theirs', async () => {
    const recorder = follow({ topic: 'events', namespace, labelSelector: 'team=payments' });
    await until('the state', () => recorder.states.length > 0);
    expect(namesOf(recorder)).to.deep.equal(['web']);
    await putPersona('cart', 'payments');
    await until('those of another persona', () => namesOf(recorder).length === 2);
    await putPersona('cart', 'shop');
    await until('no more of it', () => namesOf(recorder).length === 1);
    expect(recorder.contradictions).to.deep.equal([]);
  });

  it('shows Events of one persona, and none of others', async () => {
    const recorder = follow({ topic: 'events', namespace, name: 'cart' });
    await until('the state', () => recorder.states.length > 0);
    await putEvent('web');
    await cluster.expectKubectl(['delete', 'event', 'cart.1', '-n', namespace]);
    await until('the end of it', () => recorder.changes.length > 0);
    expect(recorder.changes.map(({ eventType, item }) => `${eventType} ${item.name}`)).to.deep.equal([
      'deleted cart',
    ]);
  });

  it('shows Deployments', async () => {
    const recorder = follow({ topic: 'deployments', namespace });
    await until('the state', () => recorder.states.length > 0);
    await cluster.expectKubectl(['create', 'deployment', 'web', '--image=nginx', '-n', namespace]);
    await until('a Deployment', () => recorder.known.has(`${namespace}/web`));
  });

  it('does not take a selector that is none', async () => {
    follow({ topic: 'personas', namespace, labelSelector: 'a in' });
    expect(await refusalOf(running!)).to.include({ code: 'BadFlagValue', kind: 'usage' });
  });
});
