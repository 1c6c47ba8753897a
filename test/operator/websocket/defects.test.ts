// What a defect of ours, or an API server that is away, does to one connection of the stream, and does not do to the others or to the log.
import { expect } from 'chai';
import { closeCodes } from '../../../src/protocol/messages.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { FakeClock } from '../manager/fake-clock.ts';
import { ServedStream } from './served-stream.ts';

const until = <T>(what: string, ask: () => T | undefined) =>
  waitUntil(what, ask, { timeoutMs: 5000, intervalMs: 5 });

describe('where something goes wrong on the stream', () => {
  const clock = new FakeClock();
  let stream: ServedStream;
  beforeEach(async () => (stream = await new ServedStream({ clock }).start()));
  afterEach(() => stream.stop());

  it('ends the connection whose message meets a defect, with 1011, and no other', async () => {
    const [one, other] = [await stream.follow(), await stream.follow({ token: 'bob' })];
    one.say({ type: 'subscribe', topic: 'personas' });
    await until('a subscription', () => stream.hub.subscriptions[0]);
    stream.hub.defect = new Error('a defect');
    one.say({ type: 'unsubscribe', topic: 'personas' });
    expect(await one.closed).to.deep.equal({
      code: closeCodes.internal,
      reason: 'the operator has a defect',
    });
    other.say({ type: 'ping', requestId: 'still here' });
    expect(await other.hear('response')).to.deep.include({ requestId: 'still here' });
    const [{ error } = { error: undefined }] = stream.said('A connection of the stream failed') as {
      error?: unknown;
    }[];
    expect(error).to.equal(stream.hub.defect);
    await until('its end', () => stream.said('Stream closed')[0]);
    expect(stream.said('Stream closed')[0]).to.deep.include({ reason: 'defect', code: closeCodes.internal });
  });

  it('warns once in ten seconds that nobody can be asked, and counts the others', async () => {
    stream.people.failure = new Error('down');
    const knock = async (times: number) => {
      for (let time = 0; time < times; time += 1)
        expect((await stream.knock({ token: `unknown-${clock.now()}-${time}` })).status).to.equal(503);
    };
    const warned = () => stream.said('Nobody could be asked who wants to follow the stream');
    await knock(20);
    expect(warned()).to.have.length(1);
    await clock.advance(10_000);
    await knock(5);
    expect(warned()).to.have.length(2);
    expect(warned()[1]).to.include({ unsaid: 19 });
    expect(await stream.metric('dorgu_stream_refused_total{reason="unavailable"}')).to.equal(25);
  });
});
