// Certificates from a folder: as kubelet mounts a Secret, replaced while it is read, and broken.
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readAuthority } from '../../../operator/certificates/authority.ts';
import type { KeyPair } from '../../../operator/certificates/key-pair.ts';
import { mintAuthority, mintLeaf } from '../../../operator/certificates/mint.ts';
import { dayMs, paths, World, type Replica } from './world.ts';

const folder = '/certs';

describe('certificates from files', () => {
  let world: World;
  let ca: KeyPair;
  beforeEach(async () => {
    world = new World();
    world.putConfiguration();
    ca = await mintAuthority('issuer', { notBefore: world.now - dayMs, notAfter: world.now + 300 * dayMs });
  });
  afterEach(() => world.stop());

  const issue = (days = 90): Promise<KeyPair> => {
    const authority = readAuthority(ca.cert, ca.key);
    if ('unusable' in authority) throw new Error(authority.unusable);
    const validity = { notBefore: world.now - dayMs, notAfter: world.now + days * dayMs };
    return mintLeaf({ commonName: 'x', dnsNames: ['x.svc'], validity }, authority);
  };
  const write = ({ cert, key }: KeyPair) => {
    world.files.set(`${folder}/tls.crt`, cert).set(`${folder}/tls.key`, key);
  };
  const reasons = ({ logger }: Replica) =>
    logger.lines.filter(({ level }) => level === 'warn').map(({ fields }) => fields['reason']);

  it('are served at once, and caBundle and Secret are left alone', async () => {
    const pair = await issue();
    write(pair);
    const replica = world.create({ certPath: folder });
    await replica.certificates.start();
    expect(replica.certificates.get()).to.deep.equal(pair);
    await world.pass(20_000);
    expect(world.server.writes).to.deep.equal([]);
    expect(world.caBundles()).to.deep.equal(['', '']);
    expect(replica.logger.lines.filter(({ level }) => level === 'warn')).to.deep.equal([]);
  });

  it('show their CA in the ConfigMap, where the folder has it', async () => {
    write(await issue());
    world.files.set(`${folder}/ca.crt`, ca.cert);
    await world.start({ certPath: folder });
    expect(world.bundle()).to.equal(ca.cert);
    expect(world.server.writes.map(({ path }) => path)).to.deep.equal([paths.configMap]);
  });

  it('are served anew when they change, once', async () => {
    write(await issue());
    const replica = await world.start({ certPath: folder });
    const next = await issue();
    write(next);
    await world.pass(20_000);
    expect(replica.served).to.have.length(2);
    expect(replica.certificates.get()).to.deep.equal(next);
  });

  const bad: Record<string, [() => Promise<void> | void, RegExp]> = {
    'that are gone': [() => world.files.clear(), /tls.crt is missing/],
    'that are garbage': [() => write({ cert: 'x', key: 'y' }), /tls.crt is no certificate/],
    'whose key is missing': [() => void world.files.delete(`${folder}/tls.key`), /tls.key is missing/],
    'whose key is garbage': [
      () => void world.files.set(`${folder}/tls.key`, 'x'),
      /tls.key is no private key/,
    ],
    'whose key is that of another': [
      async () => void world.files.set(`${folder}/tls.key`, (await issue()).key),
      /tls.key belongs to another/,
    ],
    'that have expired': [async () => write(await issue(-0.5)), /tls.crt has expired/],
    'that are too large to be any': [
      () => void world.files.set(`${folder}/tls.crt`, 'x'.repeat(300_000)),
      /tls.crt is missing, empty or too large/,
    ],
  };
  for (const [title, [spoil, expected]] of Object.entries(bad))
    it(`${title} leave the ones before in place, and are told once`, async () => {
      const good = await issue();
      write(good);
      const replica = await world.start({ certPath: folder });
      await spoil();
      await world.pass(20_000);
      expect(replica.certificates.get()).to.deep.equal(good);
      expect(reasons(replica)).to.have.length(1);
      expect(reasons(replica)[0])
        .to.match(expected)
        .and.match(/^\/certs: .*the one before is served/);
      write(await issue());
      await world.pass(4000);
      expect(replica.served).to.have.length(2);
      expect(replica.logger.lines.at(-1)?.message).to.equal('Certificates are kept again');
    });

  it('that were never good are no certificate: not ready, until they come', async () => {
    const replica = await world.start({ certPath: folder });
    expect(replica.certificates.whyNotReady()).to.match(/tls.crt is missing.*nothing is served/);
    write(await issue());
    await world.pass(4000);
    expect(replica.certificates.whyNotReady()).to.equal(undefined);
  });

  it('that expire while they are served are told', async () => {
    write(await issue(1));
    const replica = await world.start({ certPath: folder });
    world.now += 2 * dayMs;
    await world.pass(8000);
    expect(reasons(replica)).to.deep.equal(['/certs: tls.crt has expired']);
  });

  it('are followed through the links that kubelet swaps', async () => {
    const place = await mkdtemp(join(tmpdir(), 'dorgu-certs-'));
    try {
      const mount = async (version: string, { cert, key }: KeyPair) => {
        await mkdir(join(place, version));
        await writeFile(join(place, version, 'tls.crt'), cert);
        await writeFile(join(place, version, 'tls.key'), key);
        await symlink(version, join(place, '..data_tmp'));
        await rename(join(place, '..data_tmp'), join(place, '..data'));
      };
      const [first, second] = [await issue(), await issue()];
      await mount('..1', first);
      for (const name of ['tls.crt', 'tls.key']) await symlink(join('..data', name), join(place, name));
      const replica = await world.start({
        certPath: place,
        readText: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
      });
      expect(replica.certificates.get()).to.deep.equal(first);
      await mount('..2', second);
      await world.pass(4000);
      expect(replica.certificates.get()).to.deep.equal(second);
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  });
});
