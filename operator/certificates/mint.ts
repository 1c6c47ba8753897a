// Makes certificates: keys and signatures are OpenSSL's, the DER around them is ours, because the library for it takes 15 MB of memory.
import { createHash, generateKeyPair, randomBytes, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { findCurve, type Authority } from './authority.ts';
import {
  contextTag,
  readElements,
  tags,
  toElement,
  toObjectId,
  toSequence,
  toTime,
  type Element,
} from './der.ts';
import type { KeyPair } from './key-pair.ts';
import type { Validity } from './lifetimes.ts';

const ids = {
  commonName: toObjectId('2.5.4.3'),
  subjectKeyId: toObjectId('2.5.29.14'),
  keyUsage: toObjectId('2.5.29.15'),
  alternativeName: toObjectId('2.5.29.17'),
  basicConstraints: toObjectId('2.5.29.19'),
  authorityKeyId: toObjectId('2.5.29.35'),
  extendedKeyUsage: toObjectId('2.5.29.37'),
  serverAuth: toObjectId('1.3.6.1.5.5.7.3.1'),
};
const ecdsaWithSha256 = toSequence(toObjectId('1.2.840.10045.4.3.2'));
const yes = toElement(tags.boolean, Buffer.from([0xff]));

/** Bits of KeyUsage, and how many of the byte are none: digitalSignature; keyCertSign and cRLSign. */
const usages = { serve: [7, 0b1000_0000], sign: [1, 0b0000_0110] } as const;

const generate = promisify(generateKeyPair);

/** A CA for servers, signed by itself. Its name is its own, so that an old and a new one are never taken for each other. */
export async function mintAuthority(commonName: string, validity: Validity): Promise<KeyPair> {
  const keys = await generateKeys();
  const name = toName(`${commonName} ${randomBytes(4).toString('hex')}`);
  return mint({ subject: name, issuer: name, keys, signingKey: keys.privateKey, validity }, [
    toExtension(ids.basicConstraints, true, toSequence(yes, toElement(tags.integer, Buffer.from([0])))),
    toExtension(ids.keyUsage, true, toElement(tags.bitString, Buffer.from(usages.sign))),
    toExtension(ids.subjectKeyId, false, toElement(tags.octetString, toKeyId(keys.publicKey))),
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
  const keys = await generateKeys();
  const subject = toName(commonName);
  const signer = authority === undefined ? undefined : toSigner(authority);
  const { issuer = subject, signingKey = keys.privateKey, keyId } = signer ?? {};
  const names = dnsNames.map((name) => toElement(0x82, Buffer.from(name, 'ascii')));
  return mint({ subject, issuer, keys, signingKey, validity }, [
    toExtension(ids.keyUsage, true, toElement(tags.bitString, Buffer.from(usages.serve))),
    toExtension(ids.extendedKeyUsage, false, toSequence(ids.serverAuth)),
    toExtension(ids.alternativeName, false, toSequence(...names)),
    ...(keyId === undefined
      ? []
      : [toExtension(ids.authorityKeyId, false, toSequence(toElement(0x80, keyId)))]),
  ]);
}

interface Signer {
  /** Its name, byte by byte as its certificate has it. */
  issuer: Buffer;
  signingKey: KeyObject;
  /** As its certificate says it. */
  keyId: Buffer | undefined;
}

function toSigner({ certificate, key }: Authority): Signer {
  if (findCurve(key) === undefined) throw new Error('expected a CA with an EC key of P-256 or P-384');
  const [signed] = inside(readElements(certificate.raw)[0]);
  const fields = inside(signed);
  // Certificates of version 1 have no version, and no extensions.
  const start = fields[0]?.tag === contextTag(0) ? 1 : 0;
  const subject = fields[start + 4];
  if (subject?.tag !== tags.sequence) throw new Error('expected a CA with a name');
  const extensions = inside(inside(fields.find(({ tag }) => tag === contextTag(3)))[0]);
  const named = extensions.map(inside).find(([id]) => id?.whole.equals(ids.subjectKeyId));
  return { issuer: subject.whole, signingKey: key, keyId: inside(named?.at(-1))[0]?.content };
}

function inside(element: Element | undefined): Element[] {
  return element === undefined ? [] : readElements(element.content);
}

interface Contents {
  subject: Buffer;
  issuer: Buffer;
  keys: { publicKey: KeyObject; privateKey: KeyObject };
  signingKey: KeyObject;
  validity: Validity;
}

function mint(
  { subject, issuer, keys, signingKey, validity: { notBefore, notAfter } }: Contents,
  extensions: readonly Buffer[],
): KeyPair {
  const serial = randomBytes(16);
  // The first bit is cleared: serial numbers are positive. The second one is set: none begins with a zero byte.
  serial.writeUInt8((serial.readUInt8(0) & 0x7f) | 0x40, 0);
  const signed = toSequence(
    toElement(contextTag(0), toElement(tags.integer, Buffer.from([2]))),
    toElement(tags.integer, serial),
    ecdsaWithSha256,
    issuer,
    toSequence(toTime(notBefore), toTime(notAfter)),
    subject,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    toElement(contextTag(3), toSequence(...extensions)),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', signed, signingKey)]);
  const certificate = toSequence(signed, ecdsaWithSha256, toElement(tags.bitString, signature));
  return {
    cert: toPem(certificate),
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function toExtension(id: Buffer, isCritical: boolean, value: Buffer): Buffer {
  return toSequence(id, ...(isCritical ? [yes] : []), toElement(tags.octetString, value));
}

function toName(commonName: string): Buffer {
  const text = toElement(tags.utf8, Buffer.from(commonName));
  return toSequence(toElement(tags.set, toSequence(ids.commonName, text)));
}

/** RFC 7093: the first 160 bits of the digest of the public key. */
function toKeyId(publicKey: KeyObject): Buffer {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest()
    .subarray(0, 20);
}

function toPem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function generateKeys() {
  return generate('ec', { namedCurve: 'P-256' });
}

/** What makes certificates. */
export interface Mint {
  authority: typeof mintAuthority;
  leaf: typeof mintLeaf;
}

/** The one there is. */
export const systemMint: Mint = { authority: mintAuthority, leaf: mintLeaf };
