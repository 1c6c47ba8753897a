// From a kubeconfig's user to what its requests carry.
import { readFileSync } from 'node:fs';
import { DorguError } from '../../api/errors.ts';
import type { UserEntry } from '../kubeconfig/kubeconfig.ts';
import { createFixedAuthenticator, type Authenticator, type Credentials } from './authenticator.ts';
import { createProviderAuthenticator } from './auth-provider.ts';
import { toBearer } from './bearer.ts';
import { createExecAuthenticator, type ExecSurroundings } from './exec-plugin.ts';
import { toImpersonationHeaders } from './impersonation.ts';
import type { RenewProvider } from './oidc.ts';
import { createTokenFileAuthenticator } from './token-file.ts';

/** What the ways of logging in need to know. */
export interface UserSurroundings extends ExecSurroundings {
  renewProvider: RenewProvider;
}

/** The user's credentials. @throws DorguError for files that cannot be read and plugins that cannot be run */
export function createUserAuthenticator(user: UserEntry, surroundings: UserSurroundings): Authenticator {
  const certificate = readCertificate(user);
  const impersonation = toImpersonationHeaders(user);
  return addToEach(createMethod(user, surroundings), { headers: impersonation, certificate });
}

/** As client-go: what stands there goes before what is asked for; of a token and its file the file, for it is renewed. */
function createMethod(user: UserEntry, surroundings: UserSurroundings): Authenticator {
  const { token, tokenFile, username, password, exec } = user;
  if (tokenFile) return createTokenFileAuthenticator(tokenFile);
  if (token) return createFixedAuthenticator({ headers: toBearer(token, 'the kubeconfig or --token') });
  if (username || password) {
    const pair = Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64');
    return createFixedAuthenticator({ headers: { authorization: `Basic ${pair}` } });
  }
  if (exec) return createExecAuthenticator(exec, surroundings);
  if (user['auth-provider'])
    return createProviderAuthenticator(user['auth-provider'], surroundings.renewProvider);
  return createFixedAuthenticator({ headers: {} });
}

function addToEach(method: Authenticator, more: Credentials): Authenticator {
  return {
    async credentials(signal) {
      const { headers, certificate } = await method.credentials(signal);
      return { headers: { ...headers, ...more.headers }, certificate: certificate ?? more.certificate };
    },
    renew: (signal) => method.renew(signal),
  };
}

function readCertificate(user: UserEntry): Credentials['certificate'] {
  const cert = readPem(user['client-certificate-data'], user['client-certificate'], 'client-certificate');
  const key = readPem(user['client-key-data'], user['client-key'], 'client-key');
  return cert !== undefined && key !== undefined ? { cert, key } : undefined;
}

/** Data goes before a file, as in kubectl. @throws DorguError CertificateUnreadable */
export function readPem(
  data: string | undefined,
  path: string | undefined,
  field: string,
): Buffer | undefined {
  if (data) return Buffer.from(data, 'base64');
  if (!path) return undefined;
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new DorguError('CertificateUnreadable', `${path}: ${field} of the kubeconfig cannot be read`, {
      cause,
      hint: `ls -l ${path} shows who may read it; write the kubeconfig anew if it has moved`,
    });
  }
}
