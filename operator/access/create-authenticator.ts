// Credentials of a connection: the client certificate of a kubeconfig, or a bearer token, and whether they are good still.
import type { X509Certificate } from 'node:crypto';
import type { ClientAuthorities } from './client-authorities.ts';
import { identify, isIssuedByAny } from './client-certificate.ts';
import type { Access, Freshness } from './create-access.ts';
import type { Identity } from './identity.ts';
import { readClaims } from './token-claims.ts';

/** What somebody has shown. */
export interface Shown {
  token: string | undefined;
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
  /** Undefined for nobody. Rejects as {@link Access} does, and where it is not known yet who signs certificates. */
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
      if (byCertificate !== undefined) return byCertificate;
      if (token === undefined) {
        if (certificate !== undefined && !parts.authorities.isKnown)
          throw new Error('the CAs of client certificates have not been read yet');
        return undefined;
      }
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
  const expiresAt = certificate.validToDate.getTime();
  const isOver = (): boolean => now() >= expiresAt;
  let { trusted } = authorities;
  if (identity === undefined || trusted.length === 0 || isOver()) return undefined;
  return {
    kind: 'certificate',
    identity,
    expiresAt,
    confirm: () => {
      if (isOver()) return Promise.resolve(undefined);
      // Node does not say what has led from it to a CA. Where the CAs are others, only what they have signed themselves stays; whoever
      // had another way comes back, and is verified anew.
      if (authorities.trusted !== trusted && !isIssuedByAny(certificate, authorities.trusted))
        return Promise.resolve(undefined);
      ({ trusted } = authorities);
      return Promise.resolve(identity);
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
