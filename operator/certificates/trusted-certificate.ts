// Certificates that clients are to trust, and the bundle of PEM text that they come in.
import { X509Certificate } from 'node:crypto';
import type { Validity } from './lifetimes.ts';

/** A CA without its key. */
export interface TrustedCertificate extends Validity {
  /** One block, with its end of line. */
  pem: string;
  /** SHA-256, colons between: one certificate, one fingerprint. */
  fingerprint: string;
}

/** More than that in one text are none of ours. */
const mostCertificates = 16;
/** A certificate of a CA has a kilobyte or two. */
const longestBlock = 16 * 1024;
const block = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** Reads a certificate; undefined for anything else, and for one that is not a CA's. */
export function toTrusted(certificate: X509Certificate): TrustedCertificate | undefined {
  if (!certificate.ca) return undefined;
  return {
    pem: toPem(certificate),
    fingerprint: certificate.fingerprint256,
    notBefore: certificate.validFromDate.getTime(),
    notAfter: certificate.validToDate.getTime(),
  };
}

/** PEM text to a certificate; undefined for what is none. */
export function parseCertificate(pem: string): X509Certificate | undefined {
  if (pem.length > longestBlock) return undefined;
  try {
    return new X509Certificate(pem);
  } catch {
    // OpenSSL's words (`wrong tag`) would help nobody: the caller says where it stood.
    return undefined;
  }
}

/** The CAs of a text, each once, in their order; what is none is passed over. */
export function parseBundle(text: string): TrustedCertificate[] {
  const found = new Map<string, TrustedCertificate>();
  for (const [pem] of text.matchAll(block)) {
    const certificate = parseCertificate(pem);
    const trusted = certificate && toTrusted(certificate);
    if (trusted !== undefined) found.set(trusted.fingerprint, trusted);
    if (found.size >= mostCertificates) break;
  }
  return [...found.values()];
}

/** What clients are given. */
export function formatBundle(certificates: readonly TrustedCertificate[]): string {
  return certificates.map(({ pem }) => pem).join('');
}

/** Without those that come twice; the first ones stay. */
export function withoutRepeats(certificates: readonly TrustedCertificate[]): TrustedCertificate[] {
  const seen = new Set<string>();
  return certificates.filter(({ fingerprint }) => {
    const isNew = !seen.has(fingerprint);
    seen.add(fingerprint);
    return isNew;
  });
}

function toPem(certificate: X509Certificate): string {
  const text = certificate.toString();
  return text.endsWith('\n') ? text : `${text}\n`;
}
