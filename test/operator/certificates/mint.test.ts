// What is minted, as OpenSSL and a TLS client see it.
import 'reflect-metadata';
import { webcrypto, X509Certificate } from 'node:crypto';
import { connect, createServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { BasicConstraintsExtension, PemConverter, X509CertificateGenerator } from '@peculiar/x509';
import { expect } from 'chai';
import { readAuthority, type Authority } from '../../../operator/certificates/authority.ts';
import type { KeyPair } from '../../../operator/certificates/key-pair.ts';
import { mintAuthority, mintLeaf } from '../../../operator/certificates/mint.ts';

const hourMs = 3600_000;
const now = Date.now();
const validity = { notBefore: now - hourMs, notAfter: now + hourMs };
const name = 'dorgu-webhook.dorgu-system.svc';

async function createCa(): Promise<Authority> {
  const { cert, key } = await mintAuthority('dorgu-ca', validity);
  const authority = readAuthority(cert, key);
  if ('unusable' in authority) throw new Error(authority.unusable);
  return authority;
}

/** What a client says who trusts this CA: undefined where the handshake is well. */
async function shakeHands(pair: KeyPair, ca: string, servername = name): Promise<string | undefined> {
  const server = createServer(pair, (socket) => socket.end());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  try {
    return await new Promise((done) => {
      const socket = connect({ host: '127.0.0.1', port, ca, servername }, () => done(undefined));
      socket
        .on('error', (error: NodeJS.ErrnoException) => done(error.code))
        .on('end', () => socket.destroy());
    });
  } finally {
    server.close();
  }
}

describe('a minted certificate', () => {
  it('of a CA may sign certificates of servers, and nothing below it may sign again', async () => {
    const { certificate } = await createCa();
    expect(certificate.ca).to.equal(true);
    expect(certificate.verify(certificate.publicKey)).to.equal(true);
    expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).to.equal('prime256v1');
    expect(certificate.subject).to.match(/^CN=dorgu-ca [0-9a-f]{8}$/);
  });

  it('of a server is verified by clients who know its CA, for its names only', async () => {
    const ca = await createCa();
    const leaf = await mintLeaf({ commonName: 'dorgu-operator', dnsNames: [name, 'x.svc'], validity }, ca);
    const certificate = new X509Certificate(leaf.cert);
    expect([certificate.ca, certificate.subjectAltName]).to.deep.equal([false, `DNS:${name}, DNS:x.svc`]);
    expect(certificate.checkIssued(ca.certificate)).to.equal(true);
    expect(await shakeHands(leaf, ca.pem)).to.equal(undefined);
    expect(await shakeHands(leaf, ca.pem, 'x.svc')).to.equal(undefined);
    expect(await shakeHands(leaf, ca.pem, 'other.svc')).to.equal('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('is told from one of another CA, also where both stand in one bundle', async () => {
    const [old, next] = [await createCa(), await createCa()];
    const leaf = await mintLeaf({ commonName: 'x', dnsNames: [name], validity }, next);
    expect(await shakeHands(leaf, old.pem)).to.be.a('string');
    for (const bundle of [old.pem + next.pem, next.pem + old.pem])
      expect(await shakeHands(leaf, bundle)).to.equal(undefined);
  });

  it('has a serial number and a key of its own', async () => {
    const ca = await createCa();
    const mint = () => mintLeaf({ commonName: 'x', dnsNames: [name], validity }, ca);
    const [one, two] = [await mint(), await mint()];
    const serial = ({ cert }: KeyPair) => new X509Certificate(cert).serialNumber;
    expect(serial(one)).to.match(/^[4-7][0-9A-F]{31}$/);
    expect(serial(one)).to.not.equal(serial(two));
    expect(one.key).to.not.equal(two.key);
  });

  it('may be signed by a CA that somebody else has made, of P-384 too', async () => {
    const { cert, key } = await createForeignCa();
    const ca = readAuthority(cert, key);
    if ('unusable' in ca) throw new Error(ca.unusable);
    const leaf = new X509Certificate(
      (await mintLeaf({ commonName: 'x', dnsNames: [name], validity }, ca)).cert,
    );
    expect([leaf.checkIssued(ca.certificate), leaf.verify(ca.certificate.publicKey)]).to.deep.equal([
      true,
      true,
    ]);
  });
});

/** With a name of three parts. */
async function createForeignCa(): Promise<KeyPair> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' } as const;
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ C: ['DE'] }, { O: ['Shop'] }, { CN: ['Shop CA'] }],
    keys,
    signingAlgorithm: algorithm,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { cert: certificate.toString('pem'), key: PemConverter.encode(pkcs8, 'PRIVATE KEY') };
}
