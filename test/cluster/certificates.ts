// The keys and certificates of one control plane: a CA with serving and client certificates, a front-proxy CA, the service account key.
import 'reflect-metadata';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type JsonGeneralName,
  X509Certificate,
} from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMs = 24 * 60 * 60 * 1000;

/** Who a client certificate speaks for: the API server reads the user from CN and the groups from each O. */
export interface Identity {
  commonName: string;
  organization?: string | readonly string[];
}

/** A certificate and its private key (PKCS #8), both PEM. */
export interface KeyPair {
  certificate: string;
  key: string;
}

/** Mints certificates below one CA. */
export interface Authority {
  /** The CA's own certificate and key, PEM. */
  own: KeyPair;
  /** A client certificate for an identity. */
  issueClient(identity: Identity): Promise<KeyPair>;
  /** A serving certificate for DNS names and IP addresses; it may be used as a client certificate as well. */
  issueServing(commonName: string, names: readonly JsonGeneralName[]): Promise<KeyPair>;
}

/** Names under which the API server and kwok are met: loopback, and the Service `kubernetes` inside of the cluster. */
export const servingNames: readonly JsonGeneralName[] = [
  { type: 'ip', value: '127.0.0.1' },
  { type: 'ip', value: '10.0.0.1' },
  ...['localhost', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc'].map((value) => ({
    type: 'dns' as const,
    value,
  })),
];

/** A new CA, valid for a year from an hour ago, so that a clock that is a little off does no harm. */
export async function createAuthority(commonName: string): Promise<Authority> {
  const keys = await generateKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [commonName] }],
    ...validity(),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(
        KeyUsageFlags.keyCertSign | KeyUsageFlags.digitalSignature | KeyUsageFlags.cRLSign,
        true,
      ),
    ],
  });
  return toAuthority(certificate, keys.privateKey);
}

/** A CA that was written down before. */
export async function readAuthority({ certificate, key }: KeyPair): Promise<Authority> {
  const bytes = PemConverter.decodeFirst(key);
  const signingKey = await webcrypto.subtle.importKey('pkcs8', bytes, algorithm, true, ['sign']);
  return toAuthority(new X509Certificate(certificate), signingKey);
}

async function toAuthority(
  certificate: X509Certificate,
  signingKey: webcrypto.CryptoKey,
): Promise<Authority> {
  const issue = issuer(certificate, signingKey);
  return {
    own: { certificate: certificate.toString('pem'), key: await toPem(signingKey) },
    issueClient: (identity) => issue(identity, [ExtendedKeyUsage.clientAuth], []),
    issueServing: (name, names) =>
      issue({ commonName: name }, [ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth], names),
  };
}

/** A private and public key for service account tokens, PEM. */
export async function createServiceAccountKeys(): Promise<{ privateKey: string; publicKey: string }> {
  const keys = await generateKeys();
  const spki = await webcrypto.subtle.exportKey('spki', keys.publicKey);
  return { privateKey: await toPem(keys.privateKey), publicKey: PemConverter.encode(spki, 'PUBLIC KEY') };
}

/** Writes `<name>.crt` and `<name>.key` (readable by the user only) and returns their paths. */
export async function writeKeyPair(folder: string, name: string, pair: KeyPair): Promise<KeyPair> {
  await mkdir(folder, { recursive: true });
  const paths = { certificate: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
  await writeFile(paths.certificate, pair.certificate);
  await writeFile(paths.key, pair.key, { mode: 0o600 });
  return paths;
}

function issuer(authority: X509Certificate, signingKey: webcrypto.CryptoKey) {
  return async (
    { commonName, organization }: Identity,
    usages: readonly ExtendedKeyUsage[],
    names: readonly JsonGeneralName[],
  ): Promise<KeyPair> => {
    const keys = await generateKeys();
    const groups = typeof organization === 'string' ? [organization] : (organization ?? []);
    const certificate = await X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject: [...groups.map((group) => ({ O: [group] })), { CN: [commonName] }],
      issuer: authority.subject,
      ...validity(),
      publicKey: keys.publicKey,
      signingKey,
      signingAlgorithm: algorithm,
      extensions: [
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([...usages]),
        ...(names.length === 0 ? [] : [new SubjectAlternativeNameExtension([...names])]),
      ],
    });
    return { certificate: certificate.toString('pem'), key: await toPem(keys.privateKey) };
  };
}

function validity(): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(Date.now() - dayMs / 24), notAfter: new Date(Date.now() + 365 * dayMs) };
}

/** Sixteen random bytes, hexadecimal; the first bit is cleared because serial numbers are positive. */
function serialNumber(): string {
  const bytes = Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)));
  bytes.writeUInt8(bytes.readUInt8(0) & 0x7f, 0);
  return bytes.toString('hex');
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

async function toPem(key: webcrypto.CryptoKey): Promise<string> {
  return PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}
