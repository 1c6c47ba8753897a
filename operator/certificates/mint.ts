// Makes certificates. The library for it costs a running operator 3 MB of memory (19 MB a process that does nothing else), so it is loaded when the first one is made.
import { randomBytes, webcrypto } from 'node:crypto';
import type * as X509 from '@peculiar/x509';
import { findCurve, type Authority } from './authority.ts';
import type { KeyPair } from './key-pair.ts';
import type { Validity } from './lifetimes.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

async function loadX509(): Promise<typeof X509> {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

/** A CA for servers, signed by itself. Its name is its own, so that an old and a new one are never taken for each other. */
export async function mintAuthority(commonName: string, validity: Validity): Promise<KeyPair> {
  const x509 = await loadX509();
  const keys = await generateKeys();
  const name = [{ CN: [`${commonName} ${randomBytes(4).toString('hex')}`] }];
  return mint({ subject: name, issuer: name, keys, signingKey: keys.privateKey, validity }, [
    new x509.BasicConstraintsExtension(true, 0, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
  ]);
}

/** What a serving certificate says. */
export interface LeafRequest {
  commonName: string;
  dnsNames: readonly string[];
  validity: Validity;
}

/** A serving certificate with a fresh key; signed by itself where there is no authority. */
export async function mintLeaf(
  { commonName, dnsNames, validity }: LeafRequest,
  authority?: Authority,
): Promise<KeyPair> {
  const x509 = await loadX509();
  const keys = await generateKeys();
  const subject = [{ CN: [commonName] }];
  const signer = authority === undefined ? undefined : await toSigner(authority);
  const { issuer = subject, signingKey = keys.privateKey, keyId } = signer ?? {};
  return mint({ subject, issuer, keys, signingKey, validity }, [
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.SubjectAlternativeNameExtension(dnsNames.map((value) => ({ type: 'dns', value }))),
    ...(keyId === undefined ? [] : [new x509.AuthorityKeyIdentifierExtension(keyId)]),
  ]);
}

interface Signer {
  issuer: X509.Name;
  signingKey: webcrypto.CryptoKey;
  /** As its certificate says it, hexadecimal. */
  keyId: string | undefined;
}

async function toSigner({ pem, key }: Authority): Promise<Signer> {
  const x509 = await loadX509();
  const certificate = new x509.X509Certificate(pem);
  const namedCurve = findCurve(key);
  if (namedCurve === undefined) throw new Error('expected a CA with an EC key of P-256 or P-384');
  const keyId = certificate.getExtension(x509.SubjectKeyIdentifierExtension)?.keyId;
  return {
    issuer: certificate.subjectName,
    signingKey: key.toCryptoKey({ name: 'ECDSA', namedCurve }, false, ['sign']),
    keyId,
  };
}

interface Contents {
  subject: X509.X509CertificateCreateParamsName;
  issuer: X509.X509CertificateCreateParamsName;
  keys: webcrypto.CryptoKeyPair;
  signingKey: webcrypto.CryptoKey;
  validity: Validity;
}

async function mint(
  { subject, issuer, keys, signingKey, validity: { notBefore, notAfter } }: Contents,
  extensions: X509.Extension[],
): Promise<KeyPair> {
  const { X509CertificateGenerator, PemConverter } = await loadX509();
  const serial = randomBytes(16);
  // The first bit is cleared: serial numbers are positive. The second one is set: none begins with a zero byte.
  serial.writeUInt8((serial.readUInt8(0) & 0x7f) | 0x40, 0);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serial.toString('hex'),
    subject,
    issuer,
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions,
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    cert: `${certificate.toString('pem').trimEnd()}\n`,
    key: `${PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n`,
  };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

/** What makes certificates. */
export interface Mint {
  authority: typeof mintAuthority;
  leaf: typeof mintLeaf;
}

/** The one there is. */
export const systemMint: Mint = { authority: mintAuthority, leaf: mintLeaf };
