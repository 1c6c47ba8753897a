// What can happen to Secret, ConfigMap and configuration, and that it is mended while nobody notices.
import { expect } from 'chai';
import { defaultLifetimes } from '../../../operator/certificates/lifetimes.ts';
import { mintAuthority, mintLeaf } from '../../../operator/certificates/mint.ts';
import { dayMs, expectHealthy, isTrusted, paths, readBundle, World } from './world.ts';

describe('damaged certificates are mended within 15 s (E9)', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.stop());

  const damages: Record<string, () => Promise<void> | void> = {
    'when the Secret is deleted': () => world.server.remove(paths.secret),
    'when the ConfigMap is deleted': () => world.server.remove(paths.configMap),
    'when all three are deleted, and the configuration comes back without a bundle': () => {
      for (const path of Object.values(paths)) world.server.remove(path);
      world.putConfiguration();
    },
    'when caBundle is emptied': () => world.putConfiguration(),
    'when caBundle is garbage': () => world.putConfiguration(Buffer.from('garbage').toString('base64')),
    'when the ConfigMap says something else': () => {
      const metadata = { name: 'dorgu-ca' };
      world.server.put(paths.configMap, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata,
        data: { 'ca.crt': 'x', mine: 'y' },
      });
    },
    'when the Secret is empty': () => world.putSecret({ 'tls.crt': '', 'tls.key': '' }),
    'when the Secret is garbage': () =>
      world.putSecret({ 'tls.crt': 'x', 'tls.key': 'y', 'previous.crt': 'z' }),
    'when the Secret has lost its key': () =>
      world.putSecret({ 'tls.crt': world.secret('tls.crt'), 'tls.key': '' }),
    'when the key is that of another': async () => {
      const { key } = await mintAuthority('other', { notBefore: world.now, notAfter: world.now + dayMs });
      world.putSecret({ 'tls.crt': world.secret('tls.crt'), 'tls.key': key });
    },
    'when the Secret holds no CA': async () => {
      const validity = { notBefore: world.now, notAfter: world.now + dayMs };
      const { cert, key } = await mintLeaf({ commonName: 'x', dnsNames: ['x'], validity });
      world.putSecret({ 'tls.crt': cert, 'tls.key': key });
    },
    'when the CA has expired': async () => {
      const { cert, key } = await mintAuthority('old', {
        notBefore: world.now - 2 * dayMs,
        notAfter: world.now - dayMs,
      });
      world.putSecret({ 'tls.crt': cert, 'tls.key': key });
    },
    'when the CA is not valid yet': async () => {
      const { cert, key } = await mintAuthority('new', {
        notBefore: world.now + dayMs,
        notAfter: world.now + 300 * dayMs,
      });
      world.putSecret({ 'tls.crt': cert, 'tls.key': key });
    },
    'when somebody puts a CA of their own there': async () => {
      const { cert, key } = await mintAuthority('own', {
        notBefore: world.now - dayMs,
        notAfter: world.now + 300 * dayMs,
      });
      world.putSecret({ 'tls.crt': cert, 'tls.key': key });
    },
  };
  for (const [title, damage] of Object.entries(damages))
    it(title, async () => {
      world.putConfiguration();
      const replicas = [await world.start(), await world.start()];
      await world.pass(4000);
      const leaves = replicas.map((replica) => replica.leaf());
      await damage();
      await world.pass(14_000);
      expectHealthy(world, ...replicas);
      // What was served all the time is trusted all the time.
      for (const bundle of [world.bundle(), ...world.caBundles()])
        for (const leaf of leaves) expect(isTrusted(leaf, bundle, world.now)).to.equal(true);
      await world.pass(defaultLifetimes.settleMs + 4000);
      expectHealthy(world, ...replicas);
      const [ca] = readBundle(world.secret('tls.crt'));
      for (const replica of replicas) expect(replica.leaf().checkIssued(ca!)).to.equal(true);
    });

  it('and as soon, when it is done again and again; the bundle does not grow for that', async () => {
    world.putConfiguration();
    const replica = await world.start();
    for (let turn = 0; turn < 12; turn += 1) {
      world.server.remove(paths.secret);
      world.putConfiguration();
      await world.pass(14_000);
      expectHealthy(world, replica);
    }
    expect(readBundle(world.bundle()).length).to.be.at.most(4);
  });
});
