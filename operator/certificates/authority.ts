// A CA that signs: its certificate and its key, read from text and found to belong together.
import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { parseCertificate, toTrusted, type TrustedCertificate } from './trusted-certificate.ts';

/** The key is a KeyObject: logs, dumps and errors show nothing of it. */
export interface Authority extends TrustedCertificate {
  certificate: X509Certificate;
  key: KeyObject;
}

/** Why a text is no authority: `tls.key belongs to another certificate`. Never a part of the text. */
export interface Unusable {
  unusable: string;
}

/** Reads both PEM texts. Whether it is the time for it is not looked at. */
export function readAuthority(cert: string, key: string): Authority | Unusable {
  if (cert === '') return { unusable: 'tls.crt is empty' };
  const certificate = parseCertificate(cert);
  if (certificate === undefined) return { unusable: 'tls.crt is no certificate' };
  const trusted = toTrusted(certificate);
  if (trusted === undefined) return { unusable: 'tls.crt is not the certificate of a CA' };
  const privateKey = parseKey(key);
  if (privateKey === undefined) return { unusable: 'tls.key is no private key' };
  if (!certificate.checkPrivateKey(privateKey)) return { unusable: 'tls.key belongs to another certificate' };
  if (findCurve(privateKey) === undefined)
    return { unusable: 'tls.key is not of a curve that we sign with (P-256, P-384)' };
  return { ...trusted, certificate, key: privateKey };
}

const curves = new Map([
  ['prime256v1', 'P-256'],
  ['secp384r1', 'P-384'],
]);

/** `P-256`, as WebCrypto names it; undefined for keys that we do not sign with. */
export function findCurve({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string | undefined {
  return asymmetricKeyType === 'ec' ? curves.get(asymmetricKeyDetails?.namedCurve ?? '') : undefined;
}

/** Undefined for what is none: OpenSSL's errors are not passed on, so that nothing of the text can be. */
export function parseKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
