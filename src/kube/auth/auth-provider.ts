// auth-provider of a kubeconfig: OIDC; the providers that kubectl has dropped are named with what took their place.
import { DorguError } from '../../api/errors.ts';
import type { AuthProviderEntry } from '../kubeconfig/kubeconfig.ts';
import type { Authenticator } from './authenticator.ts';
import { createOidcAuthenticator, type RenewProvider } from './oidc.ts';

const successors = new Map([
  [
    'gcp',
    'gke-gcloud-auth-plugin: gcloud container clusters get-credentials CLUSTER writes it into the kubeconfig',
  ],
  ['azure', 'kubelogin: kubelogin convert-kubeconfig writes it into the kubeconfig'],
]);

/** The provider's credentials. @throws DorguError AuthProviderUnknown */
export function createProviderAuthenticator(
  entry: AuthProviderEntry,
  renewProvider: RenewProvider,
): Authenticator {
  if (entry.name !== 'oidc') throw unknownProvider(entry.name ?? '');
  return createOidcAuthenticator(entry, renewProvider);
}

function unknownProvider(name: string): DorguError {
  const successor = successors.get(name);
  return new DorguError(
    'AuthProviderUnknown',
    `kubectl no longer has the auth-provider ${JSON.stringify(name)}`,
    {
      hint:
        successor === undefined
          ? 'use a credential plugin (exec) in the kubeconfig, or take another --context'
          : `use ${successor}`,
    },
  );
}
