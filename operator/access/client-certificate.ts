// Whom a client certificate speaks for, as the API server reads it. Whether it is good is OpenSSL's to say, at the handshake: dates, purpose, signatures.
import type { X509Certificate } from 'node:crypto';
import { parseCertificate, type TrustedCertificate } from '../certificates/trusted-certificate.ts';
import { isAnonymous, type Identity } from './identity.ts';

/** The user is its common name, the groups are its organizations. Undefined for one without a name, or that speaks for nobody. */
export function identify(certificate: X509Certificate): Identity | undefined {
  const { subject } = certificate.toLegacyObject() as { subject?: Record<string, string | string[]> };
  // Of several the last one counts, as for the API server.
  const username = toTexts(subject?.['CN']).at(-1) ?? '';
  const groups = toTexts(subject?.['O']);
  const identity = {
    username,
    uid: '',
    groups: [...new Set([...groups, 'system:authenticated'])],
    extra: {
      'authentication.kubernetes.io/credential-id': [
        `X509SHA256=${certificate.fingerprint256.replaceAll(':', '').toLowerCase()}`,
      ],
    },
  };
  return isAnonymous(identity) ? undefined : identity;
}

/** Whether one of these CAs has signed it, without anything in between. */
export function isIssuedByAny(certificate: X509Certificate, trusted: readonly TrustedCertificate[]): boolean {
  return trusted.some(({ pem }) => {
    const authority = parseCertificate(pem);
    return (
      authority !== undefined && certificate.checkIssued(authority) && certificate.verify(authority.publicKey)
    );
  });
}

function toTexts(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat();
}
