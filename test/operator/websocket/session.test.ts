// What one connection may say, what it is told, and how much of it at a time.
import { expect } from 'chai';
import { KubeError } from '../../../src/kube/kube-error.ts';
import type { ClientMessage } from '../../../src/protocol/messages.ts';
import { defaultStreamLimits } from '../../../operator/websocket/limits.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import type { Follower } from './callers.ts';
import { ServedStream } from './served-stream.ts';

const until = <T>(what: string, ask: () => T | undefined | false) =>
  waitUntil(what, () => ask() || undefined, { timeoutMs: 5000, intervalMs: 2 });

describe('a connection of the stream', () => {
  const limits = { ...defaultStreamLimits, mostSubscriptions: 3, mostRequests: 2 };
  const stream = new ServedStream({ limits });
  let follower: Follower;
  let count = 0;
  before(() => stream.start());
  after(() => stream.stop());
  beforeEach(async () => {
    stream.people.isAllowed = () => true;
    stream.hub.subscriptions.length = 0;
    // Somebody new each time: what is known of the one before is kept for a while.
    const token = `user-${(count += 1)}`;
    stream.people.users.set(token, { username: token });
    follower = await stream.follow({ token });
  });
  afterEach(() => follower.socket.terminate());
  const say = (...messages: ClientMessage[]) => messages.forEach((message) => follower.say(message));
  const subscriptions = (many: number) =>
    until(
      `${many} subscriptions`,
      () => stream.hub.subscriptions.length === many && stream.hub.subscriptions,
    );

  it('begins with hello', async () => {
    stream.people.users.set('dora', { username: 'dora\u001b[31m' });
    const { socket, greeting } = await stream.follow({ token: 'dora' });
    expect(greeting.payload).to.deep.equal({
      protocol: 1,
      version: '0.0.0',
      user: 'dora\u001b[31m',
      limits: { subscriptions: 3 },
    });
    expect(greeting.timestamp).to.equal('2026-11-23T12:00:00.000Z');
    socket.terminate();
  });

  it('hands what is asked for to the hub, and what the hub says to the client', async () => {
    const payload = { namespace: 'shop', name: 'web', labelSelector: 'team=a', isWhole: true };
    say({ type: 'subscribe', topic: 'personas', requestId: 'one', payload });
    const [subscription] = await subscriptions(1);
    expect(subscription?.wanted).to.deep.equal({ topic: 'personas', requestId: 'one', interest: payload });
    stream.hub.say('{"type":"event","payload":{}}');
    expect(await follower.hear('event')).to.deep.equal({ type: 'event', payload: {} });
    expect(await stream.metric('dorgu_stream_subscriptions{topic="personas"}')).to.equal(1);
    expect(await stream.metric('dorgu_stream_subscriptions{topic="events"}')).to.equal(0);
  });

  it('ends a subscription when it is told to, and answers', async () => {
    say({ type: 'subscribe', topic: 'personas' }, { type: 'subscribe', topic: 'personas', requestId: 'b' });
    const [first, second] = await subscriptions(2);
    say({ type: 'unsubscribe', topic: 'personas' });
    expect(await follower.hear('response')).to.deep.include({ topic: 'personas', payload: {} });
    expect([first?.isClosed, second?.isClosed]).to.deep.equal([true, false]);
    for (const wrong of [{ topic: 'personas' }, { topic: 'cluster', requestId: 'b' }] as const) {
      say({ type: 'unsubscribe', ...wrong });
      expect(await follower.hear('error')).to.deep.include({ ...wrong, payload: { code: 'invalid', message: 'there is no such subscription' } }); // prettier-ignore
    }
    expect(second?.isClosed).to.equal(false);
  });

  it('ends one that it still asks about', async () => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    stream.people.gate = promise;
    say({ type: 'subscribe', topic: 'personas' }, { type: 'unsubscribe', topic: 'personas' });
    await follower.hear('response');
    resolve(true);
    say({ type: 'ping', requestId: 'after' });
    expect(await follower.hear('response')).to.deep.include({ requestId: 'after', payload: {} });
    expect(stream.hub.subscriptions).to.deep.equal([]);
    stream.people.gate = undefined;
  });

  it('frees everything when the client goes', async () => {
    say({ type: 'subscribe', topic: 'personas' }, { type: 'subscribe', topic: 'events' });
    await subscriptions(2);
    follower.socket.terminate();
    await until('both ends', () => stream.hub.subscriptions.every(({ isClosed }) => isClosed));
  });

  it('says the same to whoever may not, whether there is such a namespace or not, and goes on', async () => {
    stream.people.isAllowed = (right) => !right.includes('secret');
    say({ type: 'subscribe', topic: 'personas', requestId: 'a', payload: { namespace: 'secret' } });
    const told = await follower.hear('error');
    expect(told).to.deep.include({
      topic: 'personas',
      requestId: 'a',
      payload: {
        code: 'forbidden',
        message: 'expected the right to list and watch applicationpersonas.dorgu.io in namespace secret',
      },
    });
    say({ type: 'request', topic: 'personas', requestId: 'a', payload: { namespace: 'secret' } });
    expect((await follower.hear('error')).payload).to.deep.equal(told.payload);
    say({ type: 'subscribe', topic: 'personas', requestId: 'a' });
    await subscriptions(1);
    expect(await stream.metric('dorgu_stream_forbidden_total{topic="personas"}')).to.equal(2);
  });

  it('takes so many subscriptions, each name once, and one more when one has ended', async () => {
    for (const requestId of ['a', 'b', 'a', 'c', 'd'])
      say({ type: 'subscribe', topic: 'personas', requestId });
    const errors = [await follower.hear('error'), await follower.hear('error')];
    expect(errors.map(({ requestId, payload: { code } }) => `${requestId ?? ''} ${code}`)).to.deep.equal(['a invalid', 'd too-many']); // prettier-ignore
    await subscriptions(3);
    say({ type: 'unsubscribe', topic: 'personas', requestId: 'a' });
    say({ type: 'subscribe', topic: 'personas', requestId: 'd' });
    await subscriptions(4);
  });

  it('says what is wrong with a selector, and that nobody knows whether one may', async () => {
    say({ type: 'subscribe', topic: 'personas', requestId: 'a', payload: { labelSelector: '=' } });
    expect((await follower.hear('error')).payload).to.deep.equal({ code: 'invalid', message: 'expected a selector, found =' }); // prettier-ignore
    stream.people.failure = new Error('down');
    for (const type of ['subscribe', 'request'] as const) {
      say({ type, topic: 'events', requestId: 'a', payload: { namespace: 'elsewhere' } });
      expect(await follower.hear('error')).to.deep.include({ topic: 'events', requestId: 'a' }).and.nested.include({ 'payload.code': 'unavailable' }); // prettier-ignore
    }
    stream.people.failure = undefined;
    say({ type: 'subscribe', topic: 'events', requestId: 'a', payload: { namespace: 'elsewhere' } });
    await subscriptions(1);
  });

  it('answers requests, and tells what went wrong with them', async () => {
    stream.hub.items = [{ name: 'web', namespace: 'shop' } as never];
    const request = { type: 'request', topic: 'personas', requestId: 'q' } as const;
    say(request);
    expect(await follower.hear('response')).to.deep.include({ topic: 'personas', requestId: 'q', payload: { items: stream.hub.items } }); // prettier-ignore
    const failures = {
      missing: new KubeError('NotFound', 'no such kind', { httpStatus: 404 }),
      unavailable: new KubeError('Timeout', 'nobody answers', {}),
    };
    for (const [code, failure] of Object.entries(failures)) {
      stream.hub.failure = failure;
      say(request);
      expect((await follower.hear('error')).payload).to.deep.equal({ code, message: failure.message });
    }
    stream.hub.failure = undefined;
    stream.hub.items = Array.from({ length: 20 }, () => ({ name: 'x'.repeat(1024 * 1024) }) as never);
    say(request);
    expect((await follower.hear('error')).payload.code).to.equal('too-many');
  });

  it('answers so many at once', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    stream.hub.items = [];
    stream.hub.gate = promise;
    for (const requestId of ['a', 'b', 'c']) say({ type: 'request', topic: 'cluster', requestId });
    expect(await follower.hear('error')).to.deep.include({ requestId: 'c' }).and.nested.include({ 'payload.code': 'too-many' }); // prettier-ignore
    resolve(undefined);
    await follower.hear('response');
    await follower.hear('response');
    say({ type: 'request', topic: 'cluster', requestId: 'c' });
    await follower.hear('response');
  });

  it('says what is no message, and goes on', async () => {
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '{"type":"delete","topic":"personas"}',
      '{"__proto__":{"type":"ping"}}',
    ])
      follower.say(text);
    for (let index = 0; index < 6; index += 1)
      expect((await follower.hear('error')).payload.code).to.equal('invalid');
    say({ type: 'ping' });
    await follower.hear('response');
    expect(await stream.metric('dorgu_stream_received_total{type="invalid"}')).to.equal(6);
  });

  it('tells subscriptions that the client has taken what was waiting', async () => {
    say({ type: 'subscribe', topic: 'personas' });
    const [subscription] = await subscriptions(1);
    stream.hub.say(JSON.stringify({ type: 'event', payload: { text: 'x'.repeat(4 * 1024 * 1024) } }));
    expect(subscription?.reader.waitingBytes).to.be.above(0);
    await until('it', () => (subscription?.drained ?? 0) > 0);
    expect(subscription?.reader.waitingBytes).to.equal(0);
  });

  it('counts what is sent', async () => {
    const before = await stream.metric('dorgu_stream_sent_total');
    const bytesBefore = await stream.metric('dorgu_stream_sent_bytes_total');
    say({ type: 'subscribe', topic: 'personas' });
    await subscriptions(1);
    stream.hub.say('{"type":"event"}');
    await follower.hear('event');
    expect(await stream.metric('dorgu_stream_sent_total')).to.equal(before + 1);
    expect(await stream.metric('dorgu_stream_sent_bytes_total')).to.equal(bytesBefore + 16);
  });
});
