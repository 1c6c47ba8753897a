// Certificates of the operator's own on a server in memory: made, published, renewed, and mended whatever happens to them.
import { expect } from 'chai';
import { defaultLifetimes } from '../../../operator/certificates/lifetimes.ts';
import { refusal } from './own-server.ts';
import { countMessages, dayMs, expectHealthy, hourMs, isTrusted, paths, readBundle, World } from './world.ts';

describe('certificates of the operator’s own', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.stop());

  it('are made from nothing: a CA for a year, a leaf for seven days for the names of the Services', async () => {
    world.putConfiguration();
    const replica = await world.start();
    expectHealthy(world, replica);
    const [ca] = readBundle(world.bundle());
    expect(ca?.validToDate.getTime()).to.be.closeTo(world.now + 365 * dayMs, 2000);
    const leaf = replica.leaf();
    expect(leaf.validToDate.getTime()).to.be.closeTo(world.now + 7 * dayMs, 2000);
    expect(leaf.validFromDate.getTime()).to.be.closeTo(world.now - hourMs, 2000);
    expect(leaf.subjectAltName).to.equal(
      'DNS:dorgu-webhook.dorgu-system.svc, DNS:dorgu-webhook.dorgu-system.svc.cluster.local',
    );
    expect(replica.certificates.whyNotReady()).to.equal(undefined);
    const text = await replica.metrics.registry.metrics();
    expect(text).to.match(/dorgu_certificate_expiry_timestamp_seconds\{certificate="serving"\} \d{10}/);
    expect(text).to.include('dorgu_certificates_failing 0');
  });

  it('are left alone while nothing is due: no write, and no second certificate', async () => {
    world.putConfiguration();
    const replica = await world.start();
    const writes = world.server.writes.length;
    await world.pass(hourMs);
    world.now += 4 * dayMs;
    await world.pass(hourMs);
    expect([world.server.writes.length, replica.served.length]).to.deep.equal([writes, 1]);
  });

  it('change nothing but caBundle in the configuration, and that only in webhooks that call our Service', async () => {
    world.putConfiguration();
    const before = structuredClone(world.server.objects.get(paths.configuration));
    await world.start();
    const after = structuredClone(world.server.objects.get(paths.configuration)) as unknown as {
      metadata: { resourceVersion: string };
      webhooks: { clientConfig: { caBundle?: string } }[];
    };
    for (const index of [0, 2]) delete after.webhooks[index]?.clientConfig.caBundle;
    after.metadata.resourceVersion = before?.metadata.resourceVersion ?? '';
    expect(after).to.deep.equal(before);
    const write = world.server.writes.find(({ path }) => path === paths.configuration);
    expect((write?.request.body as { path: string }[]).map(({ path }) => path)).to.deep.equal([
      '/metadata/resourceVersion',
      '/webhooks/0/clientConfig/caBundle',
      '/webhooks/2/clientConfig/caBundle',
    ]);
  });

  it('do without the configuration, without an error, and publish into it when it comes', async () => {
    const replica = await world.start();
    await world.pass(60_000);
    expect(replica.served).to.have.length(1);
    expect(replica.logger.lines.filter(({ level }) => level === 'warn' || level === 'error')).to.deep.equal(
      [],
    );
    world.putConfiguration();
    await world.settle();
    expectHealthy(world, replica);
  });

  it('are of one CA when replicas race for it, from nothing and over a Secret that is garbage', async () => {
    world.putConfiguration();
    for (const begin of [() => undefined, () => world.putSecret({ 'tls.crt': 'garbage', 'tls.key': '' })]) {
      world.server.objects.delete(paths.secret);
      begin();
      // None hears of the others' writes before it has written itself.
      world.server.isHeld = true;
      const replicas = [world.create(), world.create(), world.create()];
      for (const { certificates } of replicas) await certificates.start();
      await world.settle();
      world.server.isHeld = false;
      world.server.tell();
      await world.pass(20_000);
      expectHealthy(world, ...replicas);
      expect(
        replicas.reduce((sum, replica) => sum + countMessages(replica, 'A new CA was made'), 0),
      ).to.equal(1);
      await world.stop();
    }
  });

  it('are renewed at two thirds of their life, one after the other, for years', async () => {
    world.putConfiguration();
    const replica = await world.start();
    let cas = new Set<string>();
    for (let turn = 1; turn <= 110; turn += 1) {
      world.now += 4.7 * dayMs;
      await world.pass(2000);
      // The CA may have been replaced just now: then it waits to be known everywhere.
      if (replica.served.length === turn) await world.pass(defaultLifetimes.settleMs + 4000);
      expectHealthy(world, replica);
      cas = new Set([...cas, world.secret('tls.crt')]);
    }
    expect(cas.size).to.equal(3);
    expect(replica.served.length).to.be.within(110, 116);
    expect(readBundle(world.bundle()).length).to.be.at.most(3);
  });

  it('follow the wall clock: after a long sleep, and when it is set', async () => {
    world.putConfiguration();
    const replica = await world.start();
    world.now += 6 * dayMs;
    await world.pass(2000);
    expect(replica.served).to.have.length(2);
    // An hour's margin is for clocks that are a little off: ten minutes are nothing.
    for (const jumpMs of [10 * 60_000, -20 * 60_000, 10 * 60_000]) {
      world.now += jumpMs;
      await world.pass(4000);
      expect(replica.served).to.have.length(2);
    }
    world.now -= 6 * dayMs;
    await world.pass(8000);
    expectHealthy(world, replica);
  });

  it('are those of replicas whose clocks are ten minutes apart', async () => {
    world.putConfiguration();
    const replicas = [world.create(), world.create()] as const;
    replicas[0].offMs = -10 * 60_000;
    replicas[1].offMs = 10 * 60_000;
    for (const { certificates } of replicas) await certificates.start();
    await world.pass(20_000);
    expectHealthy(world, ...replicas);
    for (const { served } of replicas) expect(served).to.have.length(1);
  });

  it('agree on one CA also where clocks are days apart: the one that has begun for everybody', async () => {
    world.putConfiguration();
    const replicas = [-36, 0, 36].map((hours) => Object.assign(world.create(), { offMs: hours * hourMs }));
    for (const { certificates } of replicas.toReversed()) await certificates.start();
    await world.pass(30_000);
    const ca = world.secret('tls.crt');
    const writes = world.server.writes.length;
    await world.pass(600_000);
    expect(world.secret('tls.crt')).to.equal(ca);
    // What they serve may follow to that CA; nothing else is written any more.
    expect(world.server.writes.length).to.equal(writes);
    for (const replica of replicas)
      expect(isTrusted(replica.leaf(), world.bundle(), world.now + replica.offMs)).to.equal(true);
  });

  it('sign with a new CA only once that is published, and once those who mount the bundle have it', async () => {
    world.putConfiguration();
    const replica = await world.start();
    const [old] = readBundle(world.secret('tls.crt'));
    world.server.fault = ({ path }) =>
      path === paths.configuration ? refusal(500, 'the server is busy') : undefined;
    world.now += 250 * dayMs;
    await world.pass(2000);
    const [next, previous] = readBundle(world.secret('tls.crt') + world.secret('previous.crt'));
    expect(previous?.fingerprint256).to.equal(old?.fingerprint256);
    const isOf = (ca = old) => replica.leaf().checkIssued(ca!);
    await world.pass(2 * defaultLifetimes.settleMs);
    expect([readBundle(world.bundle()).length, isOf(old)]).to.deep.equal([2, true]);
    world.server.fault = () => undefined;
    await world.pass(8000);
    expect(isOf(old)).to.equal(true);
    expectHealthy(world, replica);
    await world.pass(defaultLifetimes.settleMs + 4000);
    expect(isOf(next)).to.equal(true);
    expectHealthy(world, replica);
  });

  it('show nothing of a key: not in logs, not in metrics, not in what is kept of the Secret', async () => {
    world.putConfiguration();
    const replica = await world.start();
    const key = world.secret('tls.key');
    expect(key).to.include('PRIVATE KEY');
    // A server that quotes what it was sent.
    world.server.fault = ({ body }) => refusal(422, `bad: ${JSON.stringify(body)}`);
    for (const damage of [
      () => world.server.remove(paths.secret),
      () => world.putSecret({ 'tls.crt': key, 'tls.key': `${key}${key}` }),
      () => world.putSecret({ 'tls.crt': key.slice(0, 100), 'tls.key': key.replaceAll('A', 'B') }),
    ]) {
      damage();
      await world.pass(60_000);
    }
    const sent = JSON.stringify(replica.logger.lines);
    expect(sent).to.include('bad: ');
    const shown = sent + (await replica.metrics.registry.metrics());
    expect(shown).to.not.match(/PRIVATE/);
    expect(shown).to.not.match(/[A-Za-z0-9+/]{48}/);
  });
});
