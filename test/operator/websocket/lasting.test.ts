// What happens to a connection while it lasts: its rights and credentials are looked at again, and whether anybody is there.
import { expect } from 'chai';
import { defaultStreamTimes } from '../../../operator/websocket/limits.ts';
import { Pulse } from '../../../operator/websocket/pulse.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { FakeClock } from '../manager/fake-clock.ts';
import { formatToken } from './played-people.ts';
import { ServedStream } from './served-stream.ts';

const until = <T>(what: string, ask: () => T | undefined | false) =>
  waitUntil(what, () => ask() || undefined, { timeoutMs: 5000, intervalMs: 5 });

describe('a connection that lasts', () => {
  let clock: FakeClock;
  let stream: ServedStream;
  beforeEach(async () => {
    clock = new FakeClock();
    stream = await new ServedStream({ clock }).start();
  });
  afterEach(() => stream.stop());
  /** Steps of a second, so that pongs come in between as they would. */
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      stream.now += 1000;
      await clock.advance(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const follow = async (token: string, ...namespaces: string[]) => {
    const follower = await stream.follow({ token });
    const all = stream.hub.subscriptions.length + namespaces.length;
    for (const namespace of namespaces)
      follower.say({ type: 'subscribe', topic: 'personas', requestId: namespace, payload: { namespace } });
    await until('subscriptions', () => stream.hub.subscriptions.length === all);
    return follower;
  };

  it('loses a subscription whose right has gone, within 67 s, and no other', async () => {
    const follower = await follow('alice', 'shop', 'store');
    stream.people.isAllowed = (right) => !right.includes('watch shop/');
    await pass(66);
    const told = await follower.hear('error');
    expect(told).to.deep.include({ topic: 'personas', requestId: 'shop' });
    expect(told.payload.code).to.equal('forbidden');
    expect(stream.hub.subscriptions.map(({ isClosed }) => isClosed)).to.deep.equal([true, false]);
    follower.say({ type: 'subscribe', topic: 'personas', requestId: 'shop', payload: { namespace: 'shop' } });
    expect((await follower.hear('error')).payload.code).to.equal('forbidden');
  });

  it('asks about equal rights of one user once for all their connections', async () => {
    await follow('alice', 'shop');
    await follow('alice', 'shop');
    expect(stream.people.asked).to.have.length(2);
    await pass(66);
    expect(stream.people.asked).to.have.length(4);
  });

  it('ends with 4401 when the token has expired', async () => {
    const token = formatToken({ exp: stream.now / 1000 + 5 });
    stream.people.users.set(token, { username: 'carol' });
    const follower = await follow(token);
    await pass(4);
    follower.say({ type: 'ping' });
    await follower.hear('response');
    await pass(1);
    expect(await follower.closed).to.deep.equal({ code: 4401, reason: 'the credentials are not valid any more' }); // prettier-ignore
    expect(await stream.metric('dorgu_stream_closed_total{reason="credentials"}')).to.equal(1);
  });

  const ends: Readonly<Record<string, (stream: ServedStream) => void>> = {
    'is refused': ({ people }) => people.users.delete('alice'),
    'has become somebody else’s': ({ people }) => people.users.set('alice', { username: 'mallory' }),
  };
  for (const [sentence, change] of Object.entries(ends))
    it(`ends with 4401 when the token ${sentence}`, async () => {
      const follower = await follow('alice');
      change(stream);
      await pass(66);
      expect((await follower.closed).code).to.equal(4401);
    });

  it('counts groups as they are now', async () => {
    const follower = await follow('alice', 'shop');
    stream.people.users.set('alice', { username: 'alice', groups: ['devs'] });
    await pass(66);
    const review = stream.people.requests.findLast(({ path }) => path.endsWith('subjectaccessreviews'));
    expect((review?.body as { spec: object }).spec).to.deep.include({ user: 'alice', groups: ['devs'] });
    follower.socket.terminate();
  });

  it('goes on while nobody can say whether it may, but not for ever', async () => {
    const follower = await follow('alice', 'shop');
    stream.people.failure = new Error('down');
    await pass(290);
    follower.say({ type: 'ping' });
    await follower.hear('response');
    expect(stream.hub.subscriptions[0]?.isClosed).to.equal(false);
    await pass(90);
    expect((await follower.closed).code).to.equal(1013);
  });

  it('ends when nobody answers its pings', async () => {
    const follower = await follow('alice');
    const silent = await stream.follow({ token: 'bob' });
    // Nothing is read, and nothing answered.
    silent.socket.pause();
    await pass(41);
    expect(await stream.metric('dorgu_stream_closed_total{reason="silent"}')).to.equal(1);
    follower.say({ type: 'ping' });
    await follower.hear('response');
  });

  it('ends when the client takes nothing for half a minute, and disturbs nobody', async () => {
    const follower = await follow('alice', 'shop');
    const stuck = await follow('bob', 'shop');
    stuck.socket.pause();
    const [, reader] = stream.hub.subscriptions.map((one) => one.reader);
    const chunk = Buffer.from(JSON.stringify({ type: 'event', text: 'x'.repeat(1024 * 1024) }));
    let before = 0;
    // Until the kernel takes nothing more of it.
    await until('its socket to be full', () => {
      const waiting = reader?.waitingBytes ?? 0;
      const isFull = waiting > chunk.length && waiting === before;
      before = waiting;
      if (waiting <= chunk.length) reader?.send(chunk);
      return isFull;
    });
    await pass(33);
    expect(await stream.metric('dorgu_stream_closed_total{reason="stuck"}')).to.equal(1);
    expect(stream.hub.subscriptions.map(({ isClosed }) => isClosed)).to.deep.equal([false, true]);
    follower.say({ type: 'ping' });
    await follower.hear('response');
  });
});

describe('the pulse of a connection', () => {
  const play = () => {
    let now = 0;
    const socket = { bufferedAmount: 0, readyState: 1, OPEN: 1, pings: 0, ping: () => void (socket.pings += 1), on: () => socket };
    const duplex = { writableLength: 0, bytesWritten: 0 };
    const pulse = new Pulse(socket as never, duplex, { ticks: () => now, times: defaultStreamTimes });
    const look = (ms: number) => {
      now += ms;
      socket.bufferedAmount = duplex.writableLength;
      return pulse.tick();
    };
    return { socket, duplex, pulse, look };
  }; // prettier-ignore

  it('bears with who takes slowly, and answers no ping meanwhile', () => {
    const { duplex, look } = play();
    Object.assign(duplex, { bytesWritten: 1_000_000, writableLength: 1_000_000 });
    for (let second = 0; second < 300; second += 1) {
      duplex.writableLength -= 1000;
      expect(look(1000)).to.equal(undefined);
    }
    expect(look(29_000)).to.equal(undefined);
    expect(look(1000)).to.equal('stuck');
  });

  it('counts the half minute from when there was something to take', () => {
    const { duplex, socket, pulse, look } = play();
    for (let second = 0; second < 100; second += 1) {
      expect(look(1000)).to.equal(undefined);
      pulse.heard();
    }
    expect(socket.pings).to.equal(5);
    Object.assign(duplex, { bytesWritten: 10, writableLength: 10 });
    expect(look(1000)).to.equal(undefined);
    expect(look(28_000)).to.equal(undefined);
    expect(look(1000)).to.equal('stuck');
  });
});

describe('the end of a stream', () => {
  it('says goodbye to everybody as soon as the process is asked to stop, and lets nobody in any more', async () => {
    const stream = await new ServedStream().start();
    const followers = await Promise.all([stream.follow(), stream.follow({ token: 'bob' })]);
    stream.tellToStop();
    for (const { closed } of followers)
      expect(await closed).to.deep.equal({ code: 1001, reason: 'this replica is going' });
    expect((await stream.knock()).status).to.equal(503);
    const startedAt = performance.now();
    await stream.stop();
    expect(performance.now() - startedAt).to.be.below(1000);
    expect(stream.said('Stream closed')).to.have.length(2);
    expect(await stream.metric('dorgu_stream_closed_total{reason="stopping"}')).to.equal(2);
  });

  it('is not put off by who does not answer, or never comes in', async () => {
    const stream = await new ServedStream({ times: { ...defaultStreamTimes, drainMs: 100 } }).start();
    const follower = await stream.follow();
    follower.socket.pause();
    const caller = (await stream.open()).write('GET /ws HTTP/1.1\r\n');
    await stream.stop();
    await caller.ended;
    await waitUntil('its end', async () => ((await stream.metric('dorgu_stream_connections')) === 0 ? true : undefined), { timeoutMs: 5000 }); // prettier-ignore
  });

  it('comes at once where it has never begun', async () => {
    await new ServedStream().stop();
  });
});
