// Whose a bearer token is: TokenReview, for one audience or for the API server's own.
import type { KubeClient } from '../../src/kube/client.ts';
import { isAnonymous, type Identity } from './identity.ts';

/** Longer ones are nobody's. */
const longestToken = 16 * 1024;

/** Worth a question: not empty, not endless. */
export function isPlausibleToken(token: string): boolean {
  return token !== '' && token.length <= longestToken;
}

/**
 * Undefined for a token that is none, and for one that is good for other audiences only. Without `audience` the API server's own counts.
 * @throws KubeError where the API server does not answer
 */
export async function reviewToken(
  client: KubeClient,
  token: string,
  { audience, timeoutMs }: { audience: string | undefined; timeoutMs: number },
): Promise<Identity | undefined> {
  const { body } = await client.request<{ status?: Partial<TokenStatus> }>({
    method: 'POST',
    path: '/apis/authentication.k8s.io/v1/tokenreviews',
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenReview',
      spec: { token, ...(audience === undefined ? {} : { audiences: [audience] }) },
    },
    timeoutMs,
  });
  const { authenticated, user, audiences = [] } = body.status ?? {};
  if (authenticated !== true || user === undefined) return undefined;
  // A server that knows nothing of audiences approves all tokens: it has to say which one it has looked at.
  if (audience !== undefined && !audiences.includes(audience)) return undefined;
  return toIdentity(user);
}

interface TokenStatus {
  authenticated: boolean;
  user: Partial<Identity>;
  audiences: readonly string[];
}

function toIdentity({
  username = '',
  uid = '',
  groups = [],
  extra = {},
}: Partial<Identity>): Identity | undefined {
  const identity = { username, uid, groups, extra };
  return isAnonymous(identity) ? undefined : identity;
}
