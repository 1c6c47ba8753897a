// What readers of the stream are told, and when: states, changes, and what is wrong.
import { expect } from 'chai';
import { DorguError } from '../../../../src/api/errors.ts';
import { PlayedHub, personaIn, type Followed } from './played-hub.ts';

describe('the hub of the stream', () => {
  let played: PlayedHub;
  beforeEach(() => (played = new PlayedHub()));
  afterEach(() => played.hub.stop());

  const keysOf = ({ reader }: Followed) => [...(reader.held?.keys() ?? ['nothing'])].sort();

  it('watches nothing until somebody follows, and nothing any more a minute after the last one has gone', async () => {
    await played.hub.start();
    expect(played.watches.filter(({ state }) => state === 'running')).to.have.length(0);
    const one = await played.follow('personas');
    const other = await played.follow('personas', { namespace: 'shop' });
    expect(played.running('personas')).to.have.length(1);
    one.subscription.close();
    other.subscription.close();
    await played.clock.advance(59_000);
    expect(played.running('personas')).to.have.length(1);
    await played.clock.advance(2000);
    expect(played.watches.filter(({ state }) => state === 'running')).to.have.length(0);
    const later = await played.follow('personas');
    expect(played.running('personas')).to.have.length(1);
    expect(later.reader.resyncs).to.equal(1);
  });

  it('goes on watching for somebody who comes back within the minute', async () => {
    const one = await played.follow('personas');
    one.subscription.close();
    await played.clock.advance(30_000);
    await played.follow('personas');
    await played.clock.advance(60_000);
    expect(played.watches.filter(({ resource }) => resource.plural === 'applicationpersonas')).to.have.length(
      1,
    );
  });

  it('begins with the state, then tells changes, each once', async () => {
    played.put('personas', 'shop/cart', personaIn('Active'));
    const followed = await played.follow('personas');
    expect(keysOf(followed)).to.deep.equal(['shop/cart']);
    played.put('personas', 'shop/pay', personaIn('Pending'));
    await played.settle();
    played.put('personas', 'shop/cart', personaIn('Failed'));
    await played.settle();
    played.remove('personas', 'shop/pay');
    await played.settle();
    expect(followed.reader.events).to.deep.equal([
      'created shop/pay',
      'updated shop/cart',
      'deleted shop/pay',
    ]);
    expect(followed.reader.resyncs).to.equal(1);
  });

  it('does not tell a version that changes nothing that is shown, but to those who ask for the object', async () => {
    played.put('personas', 'shop/cart', personaIn('Active'));
    const plain = await played.follow('personas');
    const whole = await played.follow('personas', { isWhole: true });
    played.put('personas', 'shop/cart', { ...personaIn('Active'), metadata: { annotations: { a: 'b' } } });
    await played.settle();
    expect(plain.reader.events).to.deep.equal([]);
    expect(whole.reader.events).to.deep.equal(['updated shop/cart']);
    const [item] = [...(whole.reader.held?.values() ?? [])];
    expect(item).to.have.nested.property('persona.metadata.annotations.a', 'b');
  });

  it('tells what happens within one turn as what it comes to', async () => {
    played.put('personas', 'shop/cart', personaIn('Active'));
    played.put('personas', 'shop/same', personaIn('Active'));
    const { reader } = await played.follow('personas');
    played.put('personas', 'shop/brief', personaIn('Active'));
    played.remove('personas', 'shop/brief');
    played.remove('personas', 'shop/cart');
    played.put('personas', 'shop/cart', personaIn('Failed'));
    played.put('personas', 'shop/same', personaIn('Failed'));
    played.put('personas', 'shop/same', personaIn('Active'));
    await played.settle();
    expect(reader.events).to.deep.equal(['updated shop/cart']);
  });

  it('tells an object whose labels change as gone, or as new, to whoever selects by them', async () => {
    played.put('personas', 'shop/cart', personaIn('Active', { team: 'blue' }));
    const blue = await played.follow('personas', { labelSelector: 'team=blue' });
    const red = await played.follow('personas', { labelSelector: 'team in (red)' });
    const all = await played.follow('personas');
    played.put('personas', 'shop/cart', personaIn('Active', { team: 'red' }));
    await played.settle();
    expect(blue.reader.events).to.deep.equal(['deleted shop/cart']);
    expect(red.reader.events).to.deep.equal(['created shop/cart']);
    expect(all.reader.events).to.deep.equal([]);
  });

  it('shows each reader its namespace and name only', async () => {
    for (const key of ['a/x', 'a/y', 'b/x']) played.put('personas', key, personaIn('Active'));
    const followed = await Promise.all([
      played.follow('personas', { namespace: 'a' }),
      played.follow('personas', { name: 'x' }),
      played.follow('personas', { namespace: 'a', name: 'x' }),
      played.follow('personas', { namespace: 'none' }),
    ]);
    expect(followed.map(keysOf)).to.deep.equal([['a/x', 'a/y'], ['a/x', 'b/x'], ['a/x'], []]);
    for (const key of ['a/x', 'a/y', 'b/x']) played.put('personas', key, personaIn('Failed'));
    await played.settle();
    expect(followed.map(({ reader }) => reader.events.length)).to.deep.equal([2, 2, 1, 0]);
  });

  it('tells nodes that come and go on topic cluster, whatever namespace is named', async () => {
    const cluster = (nodeCount: number) => ({ spec: { environment: 'production' }, status: { nodeCount } });
    played.put('cluster', 'prod', cluster(3));
    const { reader } = await played.follow('cluster', { namespace: 'shop', name: 'prod' });
    for (const count of [4, 3, 3]) {
      played.put('cluster', 'prod', cluster(count));
      await played.settle();
    }
    played.put('cluster', 'prod', { ...cluster(3), status: { nodeCount: 3, phase: 'Ready' } });
    await played.settle();
    expect(reader.events).to.deep.equal(['nodeAdded prod', 'nodeRemoved prod', 'updated prod']);
  });

  it('serialises a frame once for all who gave their subscription the same name', async () => {
    const [a, b, c] = await Promise.all([
      played.follow('personas', {}, 'one'),
      played.follow('personas', { namespace: 'shop' }, 'one'),
      played.follow('personas', {}, 'two'),
    ]);
    played.put('personas', 'shop/cart', personaIn('Active'));
    await played.settle();
    expect(a.reader.frames.at(-1)).to.equal(b.reader.frames.at(-1));
    expect(c.reader.frames.at(-1)).not.to.equal(a.reader.frames.at(-1));
    expect(c.reader.messages.at(-1)).to.include({
      type: 'event',
      requestId: 'two',
      timestamp: '2026-11-23T09:30:00.000Z',
    });
  });

  it('refuses a selector that cannot be read', () => {
    const wanted = { topic: 'personas', requestId: 'a', interest: { labelSelector: 'a==b==c' } } as const;
    expect(() => played.hub.subscribe(wanted, { waitingBytes: 0, send: () => undefined }))
      .to.throw(DorguError)
      .with.property('code', 'SelectorInvalid');
  });

  describe('of what has happened to personas', () => {
    const event = (persona: string, reason: string, kind = 'ApplicationPersona') => ({
      involvedObject: { apiVersion: 'dorgu.io/v1', kind, name: persona, namespace: 'shop' },
      type: 'Warning',
      reason,
      message: 'it has',
      count: 1,
    });
    const validated = (isPassed: boolean, labels = {}) =>
      personaIn('Active', labels, { validation: { passed: isPassed, issues: [] } });

    it('shows validations and Kubernetes Events, in the watch of personas that others have already', async () => {
      played.put('personas', 'shop/cart', validated(true));
      played.put('personas', 'shop/new', personaIn('Pending'));
      played.put('events', 'shop/cart.1', event('cart', 'Degraded'));
      played.put('events', 'shop/pod.1', event('pod', 'Started', 'Pod'));
      await played.follow('personas');
      const followed = await played.follow('events');
      expect(keysOf(followed)).to.deep.equal(['occurrence shop/cart.1', 'validation shop/cart']);
      expect(played.running('personas')).to.have.length(1);
      played.put('personas', 'shop/new', validated(false));
      played.put('events', 'shop/new.1', event('new', 'ValidationFailed'));
      played.put('personas', 'shop/cart', personaIn('Active'));
      await played.settle();
      expect(followed.reader.events.sort()).to.deep.equal([
        'created occurrence shop/new.1',
        'created validation shop/new',
        'deleted validation shop/cart',
      ]);
    });

    it('selects Events by the labels that their persona has at the moment', async () => {
      played.put('events', 'shop/cart.1', event('cart', 'Degraded'));
      const { reader } = await played.follow('events', { labelSelector: '!hidden' });
      expect(reader.held?.size).to.equal(0);
      played.put('personas', 'shop/cart', personaIn('Active', {}));
      await played.settle();
      played.put('personas', 'shop/cart', personaIn('Active', { hidden: 'yes' }));
      await played.settle();
      expect(reader.events).to.deep.equal([
        'created occurrence shop/cart.1',
        'deleted occurrence shop/cart.1',
      ]);
    });
  });

  describe('asked for a list', () => {
    const limit = (timeoutMs = 5000) => ({ timeoutMs, signal: new AbortController().signal });
    const codeOf = (error: unknown) => (error as DorguError).code;

    it('answers with the items of the interest', async () => {
      played.put('personas', 'a/x', personaIn('Active', { team: 'blue' }));
      played.put('personas', 'b/x', personaIn('Failed'));
      const asked = played.hub.list('personas', { labelSelector: 'team' }, limit());
      await played.settle();
      const [item, ...rest] = await asked;
      expect(rest).to.have.length(0);
      expect(item).to.include({ namespace: 'a', name: 'x', phase: 'Active', resourceVersion: '1' });
    });

    it('says why it cannot be known', async () => {
      played.isServed = false;
      const missing = played.hub.list('personas', {}, limit()).catch(codeOf);
      await played.settle();
      expect(await missing).to.equal('NotFound');
      played.isAnswering = false;
      const late = played.hub.list('deployments', {}, limit()).catch(codeOf);
      const silent = played.hub.list('deployments', {}, limit(60_000)).catch(codeOf);
      await played.clock.advance(11_000);
      expect(await late).to.equal('Timeout');
      expect(await silent).to.equal('ServiceUnavailable');
      const ending = new AbortController();
      const given = played.hub.list('cluster', {}, { timeoutMs: 1000, signal: ending.signal }).catch(String);
      ending.abort('enough');
      expect(await given).to.equal('enough');
    });
  });
});
