// The service account of the pod that we run in, where there is one.
import { readFileSync } from 'node:fs';
import type { Selection } from './kubeconfig/select.ts';

const folder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** As client-go's in-cluster configuration; undefined outside of a pod. `root` stands before the paths. */
export function findServiceAccount(
  env: Readonly<Record<string, string | undefined>>,
  root = folder,
): Selection | undefined {
  const host = env['KUBERNETES_SERVICE_HOST'];
  const port = env['KUBERNETES_SERVICE_PORT'];
  if (!host || !port || readIfThere(`${root}/token`) === undefined) return undefined;
  return {
    contextName: undefined,
    clusterName: undefined,
    userName: undefined,
    cluster: {
      server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
      'certificate-authority': `${root}/ca.crt`,
    },
    user: { tokenFile: `${root}/token` },
    namespace: readIfThere(`${root}/namespace`)?.trim() || undefined,
  };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
