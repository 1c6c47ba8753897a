// What readers of the stream are told where something is wrong: with the API server, with the operator's rights, or with us.
import { expect } from 'chai';
import { registerWatchMetrics } from '../../../../operator/manager/caches/watch-metrics.ts';
import { PlayedHub, personaIn } from './played-hub.ts';

describe('the hub of the stream, where something is wrong', () => {
  let played: PlayedHub;
  beforeEach(() => (played = new PlayedHub()));
  afterEach(() => played.hub.stop());

  it('says that the kind is missing, and gives the state when it appears', async () => {
    played.isServed = false;
    const { reader } = await played.follow('personas');
    expect(reader.errors).to.deep.equal(['missing']);
    const late = await played.follow('personas');
    expect(late.reader.errors).to.deep.equal(['missing']);
    await played.install(true);
    expect(reader.resyncs).to.equal(1);
    played.put('personas', 'shop/cart', personaIn('Active'));
    await played.settle();
    expect(reader.events).to.deep.equal(['created shop/cart']);
  });

  it('tells the objects of a kind that goes as deleted, then that it is missing', async () => {
    played.put('personas', 'shop/cart', personaIn('Active'));
    const { reader } = await played.follow('personas');
    await played.install(false);
    expect(reader.events).to.deep.equal(['deleted shop/cart']);
    expect(reader.messages.at(-1)).to.have.nested.property('payload.code', 'missing');
    await played.install(true);
    expect(reader.resyncs).to.equal(2);
  });

  it('says nothing of a failure that passes, and of one that stays once; then comes the state anew', async () => {
    played.put('personas', 'shop/cart', personaIn('Active'));
    const { reader } = await played.follow('personas');
    const [watch] = played.running('personas');
    if (watch === undefined) throw new Error('nothing is watched');
    watch.failure = 'connect ECONNREFUSED';
    await played.clock.advance(8000);
    watch.failure = undefined;
    await played.clock.advance(8000);
    expect(reader.errors).to.deep.equal([]);
    watch.failure = 'connect ECONNREFUSED';
    await played.clock.advance(30_000);
    expect(reader.errors).to.deep.equal(['unavailable']);
    played.put('personas', 'shop/cart', personaIn('Failed'));
    watch.failure = undefined;
    await played.clock.advance(2000);
    expect(reader.events).to.deep.equal([]);
    expect(reader.resyncs).to.equal(2);
    expect([...(reader.held?.values() ?? [])][0]).to.include({ phase: 'Failed' });
  });

  it('says that the operator may not see Events, soon, and goes on with other topics; and gives the state once it may', async () => {
    played.put(
      'personas',
      'shop/cart',
      personaIn('Active', {}, { validation: { passed: true, issues: [] } }),
    );
    const personas = await played.follow('personas');
    const refuse = (failure: string | undefined) => {
      for (const watch of played.running('events')) watch.failure = failure;
    };
    const { reader } = await played.follow('events');
    refuse('events is forbidden: User "operator" cannot list resource "events"');
    await played.clock.advance(2000);
    expect(reader.errors).to.deep.equal([]);
    await played.clock.advance(3000);
    expect(reader.errors).to.deep.equal(['missing']);
    expect(reader.messages.at(-1))
      .to.have.nested.property('payload.message')
      .that.matches(/^the operator may not see that itself: events is forbidden/);
    played.put('personas', 'shop/cart', personaIn('Failed'));
    await played.settle();
    expect(personas.reader.events).to.deep.equal(['updated shop/cart']);
    expect(personas.reader.errors).to.deep.equal([]);
    const warned = played.logger.lines.filter(({ level }) => level === 'warn');
    expect(warned.map(({ fields }) => fields['topic'])).to.deep.equal(['events']);
    refuse(undefined);
    await played.clock.advance(2000);
    expect(reader.resyncs).to.equal(2);
  });

  it('gives everybody the state anew where a turn has thrown, and tells the log', async () => {
    played.put('personas', 'shop/cart', personaIn('Active'));
    const [one, other] = [await played.follow('personas'), await played.follow('personas')];
    const send = one.reader.send.bind(one.reader);
    one.reader.send = () => {
      throw new Error('a defect');
    };
    played.put('personas', 'shop/cart', personaIn('Failed'));
    await played.settle();
    one.reader.send = send;
    await played.clock.advance(2000);
    for (const { reader } of [one, other])
      expect([...(reader.held?.values() ?? [])][0]).to.include({ phase: 'Failed' });
    expect(played.logger.lines.map(({ message }) => message)).to.include('A turn of the stream failed');
    played.put('personas', 'shop/cart', personaIn('Pending'));
    await played.settle();
    expect(one.reader.events).to.deep.equal(['updated shop/cart']);
  });

  it('shows its watches beside those of others, while they run', async () => {
    const gauge = async (name: string) => {
      const text = await played.metrics.registry.metrics();
      return text.split('\n').filter((line) => line.startsWith(`${name}{`));
    };
    registerWatchMetrics(played.metrics.registry, () => []);
    expect(await gauge('dorgu_watch_synced')).to.deep.equal([]);
    played.put('personas', 'shop/cart', personaIn('Active'));
    const { subscription } = await played.follow('personas');
    await played.follow('personas', { isWhole: true });
    const names = ['stream applicationpersonas.dorgu.io', 'stream applicationpersonas.dorgu.io, whole'];
    expect(await gauge('dorgu_watch_objects')).to.deep.equal(
      names.map((name) => `dorgu_watch_objects{watch="${name}"} 1`),
    );
    for (const watch of played.running('personas')) watch.failure = 'connect ECONNREFUSED';
    expect(await gauge('dorgu_watch_failing')).to.deep.equal(
      names.map((name) => `dorgu_watch_failing{watch="${name}"} 1`),
    );
    subscription.close();
    await played.clock.advance(70_000);
    expect(await gauge('dorgu_watch_synced')).to.deep.equal([`dorgu_watch_synced{watch="${names[1]}"} 1`]);
  });

  it('says so where the first list does not come either', async () => {
    played.isAnswering = false;
    const { reader } = await played.follow('deployments');
    await played.clock.advance(12_000);
    expect(reader.errors).to.deep.equal(['unavailable']);
    played.isAnswering = true;
    await played.settle();
    expect(reader.resyncs).to.equal(1);
  });
});
