// Whom a client certificate speaks for, as the API server reads it, and whether it does so still.
import type { X509Certificate } from 'node:crypto';
import type { TrustedCertificate } from '../certificates/trusted-certificate.ts';
import { parseCertificate } from '../certificates/trusted-certificate.ts';
import { isAnonymous, type Identity } from './identity.ts';

/** Certificates between the one that was shown and the CA, at most. */
const longestChain = 5;
const clientUsages = ['1.3.6.1.5.5.7.3.2', '2.5.29.37.0'];

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

/** Until when it, and everything that it hangs on, is valid; undefined where it is not, is not for clients, or hangs on no CA of these. */
export function findEnd(
  certificate: X509Certificate,
  trusted: readonly TrustedCertificate[],
  now: number,
): number | undefined {
  const usages = certificate.keyUsage as readonly string[] | undefined;
  if (usages !== undefined && !usages.some((usage) => clientUsages.includes(usage))) return undefined;
  let end = Infinity;
  let current: X509Certificate | undefined = certificate;
  for (let depth = 0; current !== undefined && depth < longestChain; depth += 1) {
    if (now < current.validFromDate.getTime() || now >= current.validToDate.getTime()) return undefined;
    end = Math.min(end, current.validToDate.getTime());
    const root = findIssuer(current, trusted);
    if (root !== undefined) return now < root.notAfter ? Math.min(end, root.notAfter) : undefined;
    current = findIntermediate(current);
  }
  return undefined;
}

function findIssuer(
  certificate: X509Certificate,
  trusted: readonly TrustedCertificate[],
): TrustedCertificate | undefined {
  return trusted.find(({ pem, notBefore }) => {
    const authority = parseCertificate(pem);
    return (
      authority !== undefined &&
      notBefore < certificate.validToDate.getTime() &&
      isSignedBy(certificate, authority)
    );
  });
}

/** One that came along with it. */
function findIntermediate(certificate: X509Certificate): X509Certificate | undefined {
  const issuer = certificate.issuerCertificate;
  if (issuer === undefined || !issuer.ca || issuer.fingerprint256 === certificate.fingerprint256)
    return undefined;
  return isSignedBy(certificate, issuer) ? issuer : undefined;
}

function isSignedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
}

function toTexts(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat();
}
