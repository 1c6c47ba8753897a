// Secrets, ConfigMaps, configurations and files of any content: read or refused, never thrown at, never shown.
import { inspect } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { readCaSecret } from '../../../operator/certificates/ca-secret.ts';
import { mintAuthority } from '../../../operator/certificates/mint.ts';
import { formatBundle, parseBundle } from '../../../operator/certificates/trusted-certificate.ts';
import { withoutKeys } from '../../../operator/certificates/without-keys.ts';
import { dayMs, World } from './world.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(
    '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n',
    '-----BEGIN CERTIFICATE-----',
    '',
  ),
  fc.constantFrom('-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n'),
);

describe('whatever stands in a Secret', () => {
  it('is read as unusable, or not at all', () => {
    const data = fc.dictionary(
      fc.constantFrom('tls.crt', 'tls.key', 'previous.crt', '__proto__'),
      fc.oneof(text, fc.anything()),
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ metadata: fc.anything(), data })), (object) => {
        const { authority, previous } = readCaSecret(object);
        expect(authority).to.have.property('unusable');
        expect(previous).to.deep.equal([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('is a certificate, cut or turned at any place: unusable, and nothing of it is told', async () => {
    const pair = await mintAuthority('ca', { notBefore: 0, notAfter: Date.now() + dayMs });
    const whole = { 'tls.crt': pair.cert, 'tls.key': pair.key };
    const encode = (data: Record<string, string>) => ({
      data: Object.fromEntries(
        Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
      ),
    });
    expect(readCaSecret(encode(whole)).authority).to.not.have.property('unusable');
    fc.assert(
      fc.property(fc.constantFrom('tls.crt', 'tls.key'), fc.nat(180), fc.nat(255), (key, place, byte) => {
        const bytes = Buffer.from(whole[key]);
        if (bytes[60 + place] === byte) return;
        bytes[60 + place] = byte;
        const { authority } = readCaSecret(encode({ ...whole, [key]: bytes.toString('latin1') }));
        if ('unusable' in authority)
          expect(authority.unusable).to.match(/^tls\.(crt|key) [a-zA-Z0-9 ,()-]+$/);
      }),
      { numRuns: 300 },
    );
  });

  it('shows nothing of its key in any dump', async () => {
    const { cert, key } = await mintAuthority('ca', { notBefore: 0, notAfter: Date.now() + dayMs });
    const encode = (value: string) => Buffer.from(value).toString('base64');
    const secret = readCaSecret({ data: { 'tls.crt': encode(cert), 'tls.key': encode(key) } });
    expect(secret.authority).to.have.property('key');
    const dumps = [inspect(secret, { depth: 9, showHidden: true }), JSON.stringify(secret)];
    const body = key.split('\n').slice(1, -2).join('');
    for (const dump of dumps)
      for (const part of [body.slice(0, 40), body.slice(60, 100), encode(key).slice(60, 100), 'PRIVATE'])
        expect(dump).to.not.include(part);
  });

  it('is read as a bundle in bounded time and number', async () => {
    const { cert } = await mintAuthority('ca', { notBefore: 0, notAfter: Date.now() + dayMs });
    const many = await Promise.all(
      Array.from({ length: 20 }, () => mintAuthority('ca', { notBefore: 0, notAfter: Date.now() + dayMs })),
    );
    expect(parseBundle(many.map((each) => each.cert).join('junk'))).to.have.length(16);
    expect(formatBundle(parseBundle(cert.repeat(50)))).to.equal(cert);
    expect(parseBundle('-----BEGIN CERTIFICATE-----'.repeat(40_000))).to.deep.equal([]);
  });
});

describe('whatever stands in the configuration', () => {
  it('is left as it is, unless it calls our Service', async () => {
    const values = [
      undefined,
      null,
      'x',
      [],
      [null, 7, {}, { clientConfig: null }, { clientConfig: { service: [] } }],
    ];
    for (const webhooks of values) {
      const world = new World();
      world.putConfiguration();
      const [path, object] = [...world.server.objects].at(-1)!;
      world.server.objects.set(path, { ...object, webhooks });
      const replica = await world.start();
      expect(replica.served).to.have.length(1);
      expect(world.server.writes.filter((write) => write.path === path)).to.deep.equal([]);
      await world.pass(4000);
      expect(replica.logger.lines.at(-1)?.fields['reason']).to.equal(
        'validatingwebhookconfigurations "hook": none of its webhooks calls the Service dorgu-system/dorgu-webhook',
      );
      await world.stop();
    }
  });
});

describe('a text that is about to be shown', () => {
  it('loses what may be a key, however it is written', async () => {
    const { key } = await mintAuthority('ca', { notBefore: 0, notAfter: 1 });
    const body = key.split('\n').slice(1, -2).join('');
    for (const form of [
      key,
      JSON.stringify(key),
      Buffer.from(key).toString('base64'),
      body,
      encodeURIComponent(key),
    ]) {
      const shown = withoutKeys(`Secret "dorgu-ca" is invalid: ${form} is what came`);
      for (let at = 0; at + 24 <= body.length; at += 1) expect(shown).to.not.include(body.slice(at, at + 24));
      expect(shown).to.match(/^Secret "dorgu-ca" is invalid: /);
    }
  });

  it('stays as it is otherwise', () => {
    const words =
      'secrets "dorgu-ca" is forbidden: User "system:serviceaccount:dorgu-system:dorgu-operator" cannot patch resource "secrets" in API group "" in the namespace "dorgu-system"';
    expect(withoutKeys(words)).to.equal(words);
  });
});
