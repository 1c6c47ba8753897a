// Credentials of a connection: the client certificate of a kubeconfig, or a bearer token, and whether they are good still.
import type { X509Certificate } from 'node:crypto';
import type { ClientAuthorities } from './client-authorities.ts';
import { findEnd, identify } from './client-certificate.ts';
import type { Access, Freshness } from './create-access.ts';
import type { Identity } from './identity.ts';
import { readClaims } from './token-claims.ts';

/** What somebody has shown. */
export interface Shown {
  token: string | undefined;
  /** With what came along with it, as `issuerCertificate`. */
  certificate: X509Certificate | undefined;
  /** OpenSSL has found a way from it to a CA that was trusted at the handshake. */
  isCertificateVerified: boolean;
}

/** Credentials that were good when they were shown. */
export interface Credential {
  readonly kind: 'token' | 'certificate';
  readonly identity: Identity;
  /** When they end by themselves, milliseconds since the epoch; undefined where they do not say. */
  readonly expiresAt: number | undefined;
  /** Whom they speak for now; undefined where they are no longer good. Rejects where that cannot be known. */
  confirm(freshness: Freshness): Promise<Identity | undefined>;
}

/** Knows people. */
export interface Authenticator {
  /** Undefined for nobody. Rejects as {@link Access} does. */
  authenticate(shown: Shown): Promise<Credential | undefined>;
}

/** A certificate goes before a token, as for the API server. */
export function createAuthenticator(parts: {
  access: Access;
  authorities: ClientAuthorities;
  /** Milliseconds since the epoch. */
  now: () => number;
}): Authenticator {
  return {
    authenticate: async ({ token, certificate, isCertificateVerified }) => {
      const byCertificate =
        certificate !== undefined && isCertificateVerified
          ? toCertificateCredential(certificate, parts.authorities, parts.now)
          : undefined;
      if (byCertificate !== undefined || token === undefined) return byCertificate;
      return toTokenCredential(token, parts.access, parts.now);
    },
  };
}

function toCertificateCredential(
  certificate: X509Certificate,
  authorities: ClientAuthorities,
  now: () => number,
): Credential | undefined {
  const identity = identify(certificate);
  let { trusted } = authorities;
  let expiresAt = findEnd(certificate, trusted, now());
  if (identity === undefined || expiresAt === undefined) return undefined;
  return {
    kind: 'certificate',
    identity,
    expiresAt,
    confirm: () => {
      // Signatures are worth another look only where there are other CAs.
      if (authorities.trusted !== trusted) {
        ({ trusted } = authorities);
        expiresAt = findEnd(certificate, trusted, now());
      }
      return Promise.resolve(expiresAt !== undefined && now() < expiresAt ? identity : undefined);
    },
  };
}

async function toTokenCredential(
  token: string,
  access: Access,
  now: () => number,
): Promise<Credential | undefined> {
  const { expiresAt } = readClaims(token);
  const isOver = (): boolean => expiresAt !== undefined && now() >= expiresAt;
  if (isOver()) return undefined;
  const identity = await access.authenticate(token);
  if (identity === undefined) return undefined;
  return {
    kind: 'token',
    identity,
    expiresAt,
    confirm: async (freshness) => (isOver() ? undefined : access.authenticate(token, freshness)),
  };
}
