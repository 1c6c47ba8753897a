// Who a client is, in a form that another server can be shown.
import type { ClientParts } from './client-parts.ts';
import type { ClientIdentity, ConnectedClient } from './client.ts';

/** As {@link ConnectedClient.identify}. */
export async function identify(
  { authenticator, isServerVerified = false }: Pick<ClientParts, 'authenticator' | 'isServerVerified'>,
  { isRefused, signal }: Parameters<ConnectedClient['identify']>[0],
): Promise<ClientIdentity> {
  if (isRefused) await authenticator.renew(signal);
  const { headers, certificate } = await authenticator.credentials(signal);
  const { authorization } = headers;
  const token = typeof authorization === 'string' ? /^Bearer (.+)$/.exec(authorization)?.[1] : undefined;
  const isImpersonating = Object.keys(headers).some((name) => /^impersonate-/i.test(name));
  return { token, certificate, isImpersonating, isServerVerified };
}
