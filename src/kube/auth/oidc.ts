// OIDC tokens of a kubeconfig. An expired one is renewed by kubectl itself, which writes the new refresh token into the kubeconfig
// under its lock: a token that we renewed and did not write down would lock the user out.
import { DorguError } from '../../api/errors.ts';
import { fieldAt } from '../../api/foreign-fields.ts';
import type { AuthProviderEntry } from '../kubeconfig/kubeconfig.ts';
import type { Authenticator } from './authenticator.ts';
import { toBearer } from './bearer.ts';

/** Has kubectl renew the tokens, and reads the entry again; undefined where it has gone. */
export type RenewProvider = (signal: AbortSignal | undefined) => Promise<AuthProviderEntry | undefined>;

/** A token that ends while the request is under way is no use. */
const marginMs = 10_000;

/** The credentials of an `oidc` provider. @throws DorguError OidcExpired */
export function createOidcAuthenticator(
  entry: AuthProviderEntry,
  renewProvider: RenewProvider,
  now: () => number = Date.now,
): Authenticator {
  let token = tokenOf(entry);
  let renewing: Promise<void> | undefined;
  const renew = async (signal: AbortSignal | undefined): Promise<void> => {
    renewing ??= renewProvider(signal)
      .then((renewed) => void (token = tokenOf(renewed)))
      .finally(() => (renewing = undefined));
    await renewing;
  };
  const isExpired = () => token === '' || now() + marginMs >= expiryOf(token);
  return {
    async credentials(signal) {
      if (isExpired()) await renew(signal);
      if (isExpired()) throw expired();
      return { headers: toBearer(token, "id-token of the kubeconfig's oidc provider") };
    },
    async renew(signal) {
      const before = token;
      await renew(signal);
      return token !== before;
    },
  };
}

function tokenOf(entry: AuthProviderEntry | undefined): string {
  return entry?.config?.['id-token'] ?? '';
}

/** ms since 1970; a token without a readable end counts as expired, as for kubectl. */
function expiryOf(token: string): number {
  try {
    const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as unknown;
    const exp = fieldAt(payload, 'exp');
    return typeof exp === 'number' ? exp * 1000 : 0;
  } catch {
    return 0;
  }
}

function expired(): DorguError {
  return new DorguError(
    'OidcExpired',
    'the OIDC login of the kubeconfig has expired, and kubectl could not renew it',
    {
      hint: 'kubectl version says why; log in again, or take another --context',
    },
  );
}
