// Kubeconfig files of the test cluster, self-contained so that they may be copied anywhere.
import { writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import type { KeyPair } from './certificates.ts';

/** What a kubeconfig says: where the API server is, whom it trusts and who speaks. PEM texts, not paths. */
export interface KubeconfigOptions {
  server: string;
  authority: string;
  user: string;
  credentials: KeyPair | { token: string };
}

/** The context that every kubeconfig of the test cluster has and uses. */
export const contextName = 'dorgu-test';

/** The YAML of a kubeconfig with one cluster, one user and one context. */
export function formatKubeconfig({ server, authority, user, credentials }: KubeconfigOptions): string {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: contextName, cluster: { server, 'certificate-authority-data': base64(authority) } }],
    users: [
      {
        name: user,
        user:
          'token' in credentials
            ? credentials
            : {
                'client-certificate-data': base64(credentials.certificate),
                'client-key-data': base64(credentials.key),
              },
      },
    ],
    contexts: [{ name: contextName, context: { cluster: contextName, user } }],
    'current-context': contextName,
  });
}

/** Writes a kubeconfig that only the user may read. */
export async function writeKubeconfig(path: string, options: KubeconfigOptions): Promise<string> {
  await writeFile(path, formatKubeconfig(options), { mode: 0o600 });
  return path;
}
