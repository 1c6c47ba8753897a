// Who somebody is, and what they may do: asked of the API server, the answers kept for a short time.
import { createHash } from 'node:crypto';
import type { KubeClient } from '../../src/kube/client.ts';
import type { Permission } from '../manager/permission.ts';
import { BoundedCache } from './bounded-cache.ts';

/** Somebody whom the API server knows. */
export interface Identity {
  username: string;
  uid: string;
  groups: readonly string[];
  extra: Readonly<Record<string, readonly string[]>>;
}

/** A right to a path, or to objects, in the words of SubjectAccessReview. */
export type AccessQuestion =
  | { nonResourceAttributes: { path: string; verb: string } }
  | {
      resourceAttributes: {
        namespace?: string;
        verb: string;
        group: string;
        resource: string;
        name?: string;
      };
    };

/** Asks the API server. Both reject with KubeError where it does not answer. */
export interface Access {
  /** Undefined for a token that is none. */
  authenticate(token: string): Promise<Identity | undefined>;
  authorize(identity: Identity, question: AccessQuestion): Promise<boolean>;
}

export const accessPermissions: readonly Permission[] = [
  {
    group: 'authentication.k8s.io',
    resource: 'tokenreviews',
    verbs: ['create'],
    why: 'asks who reads /metrics',
  },
  {
    group: 'authorization.k8s.io',
    resource: 'subjectaccessreviews',
    verbs: ['create'],
    why: 'asks whether they may',
  },
];

/** A right that was taken away counts for so much longer; a refusal is asked again sooner. */
const grantedMs = 30_000;
const refusedMs = 5000;
const mostKept = 1000;
/** Who floods us with tokens does not flood the API server. */
const mostAtOnce = 20;
const requestTimeoutMs = 5000;
/** Longer ones are nobody's. */
const longestToken = 16 * 1024;

/** Asks through a client that may create TokenReviews and SubjectAccessReviews. */
export function createAccess(client: KubeClient, now: () => number): Access {
  const identities = new BoundedCache<Identity | undefined>({
    capacity: mostKept,
    mostAtOnce,
    keptMs: (identity) => (identity === undefined ? refusedMs : grantedMs),
    now,
  });
  const decisions = new BoundedCache<boolean>({
    capacity: mostKept,
    mostAtOnce,
    keptMs: (isAllowed) => (isAllowed ? grantedMs : refusedMs),
    now,
  });
  return {
    authenticate: async (token) => {
      if (token === '' || token.length > longestToken) return undefined;
      // Tokens are secrets: what is kept in memory does not open anything.
      const key = createHash('sha256').update(token).digest('base64');
      return identities.get(key, () => reviewToken(client, token));
    },
    authorize: (identity, question) =>
      decisions.get(JSON.stringify([identity, question]), () => reviewAccess(client, identity, question)),
  };
}

async function reviewToken(client: KubeClient, token: string): Promise<Identity | undefined> {
  const { body } = await client.request<{
    status?: { authenticated?: boolean; user?: Partial<Identity> };
  }>({
    method: 'POST',
    path: '/apis/authentication.k8s.io/v1/tokenreviews',
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } },
    timeoutMs: requestTimeoutMs,
  });
  const { authenticated, user } = body.status ?? {};
  if (authenticated !== true || !user?.username) return undefined;
  return {
    username: user.username,
    uid: user.uid ?? '',
    groups: user.groups ?? [],
    extra: user.extra ?? {},
  };
}

async function reviewAccess(
  client: KubeClient,
  { username, uid, groups, extra }: Identity,
  question: AccessQuestion,
): Promise<boolean> {
  const { body } = await client.request<{ status?: { allowed?: boolean } }>({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: { user: username, uid, groups, extra, ...question },
    },
    timeoutMs: requestTimeoutMs,
  });
  return body.status?.allowed === true;
}
