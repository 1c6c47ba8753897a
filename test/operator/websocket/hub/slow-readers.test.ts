// Readers that take their time: what waits for them is bounded, and they miss nothing that still matters.
import { expect } from 'chai';
import { pageBytes } from '../../../../src/protocol/limits.ts';
import { PlayedHub, personaIn } from './played-hub.ts';

describe('the hub of the stream, with a slow reader (F5)', () => {
  let played: PlayedHub;
  beforeEach(() => (played = new PlayedHub()));
  afterEach(() => played.hub.stop());

  const phases = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => personaIn(`Phase${from + index}`));
  const change = async (count: number, from = 0) => {
    for (const persona of phases(from, from + count)) {
      played.put('personas', 'shop/cart', persona);
      await played.settle();
    }
  };

  it('lets at most 1,000 messages wait, then nothing until they are taken, then gives the state', async () => {
    const [slow, quick] = [await played.follow('personas'), await played.follow('personas')];
    slow.reader.isSlow = true;
    await change(1500);
    expect(quick.reader.events).to.have.length(1500);
    await played.clock.advance(5000);
    slow.reader.take();
    expect(slow.reader.events).to.have.length(1000);
    slow.reader.isSlow = false;
    slow.subscription.drained();
    await played.settle();
    expect(slow.reader.resyncs).to.equal(2);
    await change(2, 2000);
    expect(slow.reader.events).to.have.length(1000 + 2);
    expect(slow.reader.held).to.deep.equal(quick.reader.held);
  });

  it('lets at most 1 MiB wait', async () => {
    const { reader } = await played.follow('personas');
    reader.isSlow = true;
    reader.weight = 1000;
    await change(20);
    reader.take();
    const bytes = reader.frames.slice(1).map(({ length }) => length * 1000);
    const without = (count: number) =>
      bytes.slice(0, bytes.length - count).reduce((sum, one) => sum + one, 0);
    expect(without(1)).to.be.lessThan(1024 * 1024);
    expect(without(0)).to.be.at.least(1024 * 1024);
  });

  it('lets less wait for each of a thousand', async () => {
    const { reader } = await played.follow('personas');
    for (let index = 1; index < 1024; index += 1) await played.follow('personas');
    reader.isSlow = true;
    reader.weight = 100;
    await change(20);
    reader.take();
    const bytes = reader.frames.slice(1).map(({ length }) => length * 100);
    const sum = (lengths: readonly number[]) => lengths.reduce((all, one) => all + one, 0);
    expect(sum(bytes.slice(0, -1))).to.be.lessThan(64 * 1024);
    expect(sum(bytes)).to.be.at.least(64 * 1024);
  });

  it('finds by itself who has taken everything without saying so', async () => {
    const { reader } = await played.follow('personas');
    reader.isSlow = true;
    reader.weight = 1e6;
    await change(3);
    reader.isSlow = false;
    reader.take();
    await played.clock.advance(1500);
    expect(reader.resyncs).to.equal(2);
  });

  it('takes more than 1,000 changes of one turn for the state anew, though the socket takes everything', async () => {
    const { reader } = await played.follow('personas');
    for (let index = 0; index < 1500; index += 1)
      played.put('personas', `shop/p${index}`, personaIn('Active'));
    await played.settle();
    expect(reader.held?.size).to.equal(1500);
    expect(reader.events).to.have.length(1000);
    expect(reader.resyncs).to.equal(2);
  });

  it('makes pages while they are taken, and tells afterwards what has happened to their items meanwhile', async () => {
    const ballast = { metadata: { annotations: { ballast: 'x'.repeat(25_000) } } };
    const put = (key: string, phase: string) =>
      played.put('personas', key, { ...personaIn(phase), ...ballast });
    const keys = Array.from({ length: 20 }, (_, index) => `shop/p${index + 10}`);
    for (const key of keys) put(key, 'Active');
    const [warm, { reader, subscription }] = [
      await played.follow('personas', { isWhole: true }),
      await played.follow('personas', { isWhole: true }),
    ];
    warm.subscription.close();
    reader.isSlow = true;
    const pages = () => reader.messages.filter(({ type }) => type === 'resync').length;
    reader.weight = 1e6;
    put('shop/p10', 'Pending');
    await played.settle();
    put('shop/p10', 'Failed');
    await played.settle();
    const before = pages();
    reader.take();
    reader.weight = 1;
    subscription.drained();
    await played.settle();
    expect(reader.waitingBytes).to.be.within(pageBytes, 2 * pageBytes);
    // In pages that are made: changed, gone, gone and back, gone and back and gone. In those that are not: changed, gone, back.
    put('shop/p10', 'Active');
    for (const key of ['shop/p11', 'shop/p12', 'shop/p13', 'shop/p27', 'shop/p28'])
      played.remove('personas', key);
    await played.settle();
    for (const key of ['shop/p12', 'shop/p13', 'shop/p28', 'shop/p29', 'shop/new']) put(key, 'Degraded');
    await played.settle();
    played.remove('personas', 'shop/p13');
    await played.settle();
    const told = reader.events.length;
    reader.isSlow = false;
    reader.take();
    subscription.drained();
    await played.settle();
    expect(pages() - before).to.be.greaterThan(5);
    expect(reader.events.slice(told)).to.deep.equal([
      'updated shop/p10',
      'deleted shop/p11',
      'updated shop/p12',
      'deleted shop/p13',
    ]);
    expect([...(reader.held?.keys() ?? [])].sort()).to.deep.equal(
      [...(played.objects.get('applicationpersonas')?.keys() ?? [])].sort(),
    );
  });
});
