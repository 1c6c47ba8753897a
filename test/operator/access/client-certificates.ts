// Client certificates of every kind, good ones and others.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  PemConverter,
  type Extension,
  X509Certificate,
  X509CertificateGenerator,
  type JsonName,
} from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const hourMs = 60 * 60 * 1000;
export const clientAuth = '1.3.6.1.5.5.7.3.2';
export const serverAuth = '1.3.6.1.5.5.7.3.1';

/** What a certificate says; valid from an hour ago for two hours, for clients. */
export interface Wish {
  subject?: JsonName;
  isAuthority?: boolean;
  usages?: readonly string[];
  /** Milliseconds from now. */
  fromMs?: number;
  untilMs?: number;
}

/** A certificate whose key may sign others. */
export interface Issued {
  /** PEM. */
  certificate: string;
  /** PKCS #8, PEM. */
  key: string;
  issue(wish: Wish): Promise<Issued>;
}

/** One that has signed itself. */
export function createRoot(name: string, wish: Wish = {}): Promise<Issued> {
  return mint({ subject: [{ CN: [name] }], isAuthority: true, ...wish });
}

/** One that there is already: PEM texts. */
export async function adoptRoot(certificate: string, key: string): Promise<Issued> {
  const pkcs8 = PemConverter.decodeFirst(key);
  const signingKey = await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign']);
  const by = { certificate: new X509Certificate(certificate), key: signingKey };
  return { certificate, key, issue: (wish) => mint(wish, by) };
}

async function mint(
  wish: Wish,
  by?: { certificate: X509Certificate; key: webcrypto.CryptoKey },
): Promise<Issued> {
  const { subject = [{ CN: ['alice'] }], fromMs = -hourMs, untilMs = hourMs } = wish;
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.create({
    subject,
    issuer: by?.certificate.subjectName ?? subject,
    notBefore: new Date(Date.now() + fromMs),
    notAfter: new Date(Date.now() + untilMs),
    publicKey: keys.publicKey,
    signingKey: by?.key ?? keys.privateKey,
    signingAlgorithm: algorithm,
    extensions: toExtensions(wish),
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificate: `${certificate.toString('pem')}\n`,
    key: PemConverter.encode(pkcs8, 'PRIVATE KEY'),
    issue: (next) => mint(next, { certificate, key: keys.privateKey }),
  };
}

function toExtensions({ isAuthority = false, usages = [clientAuth] }: Wish): Extension[] {
  if (isAuthority) return [new BasicConstraintsExtension(true, undefined, true)];
  return usages.length === 0 ? [] : [new ExtendedKeyUsageExtension([...usages])];
}
