// Who asks a server that speaks plain HTTP: nobody, for anybody on the way could read a token. kubectl sends none either.
import type { UserEntry } from '../kubeconfig/kubeconfig.ts';

/** A certificate is part of TLS, so that nobody expects it here. */
const secretFields = ['token', 'tokenFile', 'username', 'password', 'exec', 'auth-provider'] as const;

/** The user without credentials; impersonation stays, for a server such as kubectl proxy adds credentials of its own. */
export function withoutCredentials(user: UserEntry): UserEntry {
  const { as, 'as-uid': uid, 'as-groups': groups, 'as-user-extra': extra } = user;
  return {
    ...(as === undefined ? {} : { as }),
    ...(uid === undefined ? {} : { 'as-uid': uid }),
    ...(groups === undefined ? {} : { 'as-groups': groups }),
    ...(extra === undefined ? {} : { 'as-user-extra': extra }),
  };
}

/** Whether the user has a secret that would be sent. */
export function hasSecret(user: UserEntry): boolean {
  return secretFields.some((field) => user[field] !== undefined);
}
