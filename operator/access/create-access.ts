// Who somebody is, and what they may do: asked of the API server, the answers kept for a short time.
import { createHash } from 'node:crypto';
import type { KubeClient } from '../../src/kube/client.ts';
import { BoundedCache, type KeptMs } from './bounded-cache.ts';
import type { Identity } from './identity.ts';
import { reviewAccess, type AccessQuestion } from './subject-access-review.ts';
import { readClaims } from './token-claims.ts';
import { isPlausibleToken, reviewToken } from './token-review.ts';

export type { Identity } from './identity.ts';
export type { AccessQuestion } from './subject-access-review.ts';

/** How fresh an answer has to be. */
export interface Freshness {
  /** An older one is asked for again; whatever is kept does where it is left out. */
  maxAgeMs?: number;
}

/** Asks the API server. Both reject with KubeError where it does not answer, and with an Error where too many ask at once. */
export interface Access {
  /** Undefined for a token that is none. */
  authenticate(token: string, freshness?: Freshness): Promise<Identity | undefined>;
  authorize(identity: Identity, question: AccessQuestion, freshness?: Freshness): Promise<boolean>;
}

/** How long answers are kept, and how many questions there may be. */
export interface AccessSettings {
  /** Tokens for this audience are taken as well as those for the API server's own. */
  audience?: string;
  /** A right that was taken away counts for so much longer; a refusal is asked again sooner. */
  grantedMs: number;
  refusedMs: number;
  /** Answers that are kept, of each kind. */
  mostKept: number;
  /** Who floods us with tokens does not flood the API server. */
  mostAtOnce: number;
  mostWaiting: number;
}

/** For a scraper or two, who come every few seconds. */
export const scrapeSettings: AccessSettings = {
  grantedMs: 30_000,
  refusedMs: 5000,
  mostKept: 1000,
  mostAtOnce: 20,
  mostWaiting: 0,
};

const requestTimeoutMs = 5000;

/** Asks through a client that may create TokenReviews and SubjectAccessReviews. */
export function createAccess(
  client: KubeClient,
  now: () => number,
  settings: AccessSettings = scrapeSettings,
): Access {
  const { audience, grantedMs, refusedMs, mostKept: capacity, mostAtOnce, mostWaiting } = settings;
  const keptMs: KeptMs<Identity | boolean | undefined> = (answer) =>
    answer === undefined || answer === false ? refusedMs : grantedMs;
  const bounds = { capacity, mostAtOnce, mostWaiting, keptMs, now };
  const identities = new BoundedCache<Identity | undefined>(bounds);
  const decisions = new BoundedCache<boolean>(bounds);
  return {
    authenticate: async (token, { maxAgeMs } = {}) => {
      if (!isPlausibleToken(token)) return undefined;
      // Tokens are secrets: what is kept in memory does not open anything.
      const key = createHash('sha256').update(token).digest('base64');
      // What it says of itself decides only which question is asked; both answers are the API server's.
      const isForUs = audience !== undefined && readClaims(token).audiences.includes(audience);
      const review = { audience: isForUs ? audience : undefined, timeoutMs: requestTimeoutMs };
      return identities.get(key, () => reviewToken(client, token, review), maxAgeMs);
    },
    authorize: (identity, question, { maxAgeMs } = {}) =>
      decisions.get(
        JSON.stringify([identity, question]),
        () => reviewAccess(client, identity, { question, timeoutMs: requestTimeoutMs }),
        maxAgeMs,
      ),
  };
}
