// Relative paths of a kubeconfig are relative to the file that they stand in.
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import type { ClusterEntry, Kubeconfig, UserEntry } from './kubeconfig.ts';

/** The kubeconfig of `file` with absolute paths. */
export function resolvePaths(kubeconfig: Kubeconfig, file: string): Kubeconfig {
  const folder = dirname(resolve(file));
  return {
    ...kubeconfig,
    clusters: mapValues(kubeconfig.clusters, (entry) =>
      resolveFields(entry, ['certificate-authority'], folder),
    ),
    users: mapValues(kubeconfig.users, (entry) => resolveUser(entry, folder)),
  };
}

function resolveUser(entry: UserEntry, folder: string): UserEntry {
  const user = resolveFields(entry, ['client-certificate', 'client-key', 'tokenFile'], folder);
  // A command without a slash is looked for on PATH.
  return user.exec?.command?.includes(sep)
    ? { ...user, exec: resolveFields(user.exec, ['command'], folder) }
    : user;
}

function resolveFields<T extends ClusterEntry | UserEntry | NonNullable<UserEntry['exec']>>(
  entry: T,
  names: readonly (keyof T)[],
  folder: string,
): T {
  const resolved = { ...entry };
  for (const name of names) {
    const path = entry[name];
    if (typeof path === 'string' && !isAbsolute(path))
      Object.assign(resolved, { [name]: join(folder, path) });
  }
  return resolved;
}

function mapValues<T>(entries: ReadonlyMap<string, T>, change: (value: T) => T): Map<string, T> {
  return new Map([...entries].map(([name, value]) => [name, change(value)]));
}
