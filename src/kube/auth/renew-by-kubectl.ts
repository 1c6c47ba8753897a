// Has kubectl use a context once, so that it renews the login that stands there.
import type { ConnectionOptions } from '../connection-options.ts';
import { loadKubeconfig } from '../kubeconfig/load.ts';
import { selectFromKubeconfig } from '../kubeconfig/select.ts';
import type { AuthProviderEntry } from '../kubeconfig/kubeconfig.ts';
import { runPlugin } from './run-plugin.ts';

const timeoutMs = 60_000;

/** Runs kubectl with the same flags; what it says of the server is of no interest. The entry as it stands then. */
export async function renewByKubectl(
  options: ConnectionOptions,
  signal: AbortSignal | undefined,
): Promise<AuthProviderEntry | undefined> {
  const flags = {
    kubeconfig: options.kubeconfig,
    context: options.context,
    cluster: options.cluster,
    user: options.user,
  };
  const args = Object.entries(flags).flatMap(([name, value]) => (value ? [`--${name}=${value}`] : []));
  await runPlugin({
    command: 'kubectl',
    args: ['get', '--raw', '/version', ...args],
    env: options.env,
    isInteractive: false,
    isQuiet: true,
    timeoutMs,
    signal,
    cwd: options.cwd,
  }).catch((error: unknown) => {
    // Without kubectl the login stays as it is, and that is said.
    if (signal?.aborted) throw error;
  });
  const { user } = selectFromKubeconfig(loadKubeconfig(options).kubeconfig, options);
  return user['auth-provider'];
}
