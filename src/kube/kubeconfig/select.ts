// Which cluster, user and namespace of a kubeconfig are meant, after kubectl's flags have had their say.
import { resolve } from 'node:path';
import { DorguError } from '../../api/errors.ts';
import type { ConnectionOptions } from '../connection-options.ts';
import type { ClusterEntry, ContextEntry, Kubeconfig, UserEntry } from './kubeconfig.ts';

/** One API server, one identity and one namespace. */
export interface Selection {
  contextName: string | undefined;
  clusterName: string | undefined;
  userName: string | undefined;
  cluster: ClusterEntry;
  user: UserEntry;
  /** Of `-n` or the context; undefined where neither says one. */
  namespace: string | undefined;
}

/** Applies the flags as kubectl does. @throws DorguError ContextNotFound, ClusterNotFound, UserNotFound */
export function selectFromKubeconfig(kubeconfig: Kubeconfig, options: ConnectionOptions): Selection {
  const contextName = options.context || kubeconfig.currentContext;
  const context = findContext(kubeconfig, contextName, options.context);
  const clusterName = options.cluster || context.cluster;
  const userName = options.user || context.user;
  return {
    contextName: contextName || undefined,
    clusterName,
    userName,
    cluster: applyClusterFlags(findEntry(kubeconfig.clusters, clusterName, 'cluster'), options),
    user: applyUserFlags(findEntry(kubeconfig.users, userName, 'user'), options),
    namespace: options.namespace || context.namespace,
  };
}

/** A context that a flag names has to be there, and so has the current one, unless flags say all. */
function findContext(kubeconfig: Kubeconfig, name: string, flag: string | undefined): ContextEntry {
  if (name === '') return {};
  const context = kubeconfig.contexts.get(name);
  if (context !== undefined) return context;
  throw missing('context', name, kubeconfig.contexts, flag ? '' : ' (current-context)');
}

function findEntry<T extends object>(
  entries: ReadonlyMap<string, T>,
  name: string | undefined,
  what: 'cluster' | 'user',
): T | Record<string, never> {
  if (name === undefined) return {};
  const entry = entries.get(name);
  if (entry === undefined) throw missing(what, name, entries);
  return entry;
}

const codes = { context: 'ContextNotFound', cluster: 'ClusterNotFound', user: 'UserNotFound' } as const;

function missing(
  what: keyof typeof codes,
  name: string,
  entries: ReadonlyMap<string, unknown>,
  from = '',
): DorguError {
  const known = [...entries.keys()].slice(0, 10).join(', ');
  const more = entries.size > 10 ? ' …' : '';
  return new DorguError(codes[what], `the kubeconfig has no ${what} ${JSON.stringify(name)}${from}`, {
    kind: 'invalid',
    cause: entries.size === 0 ? `it has no ${what}s at all` : `it has ${known}${more}`,
    hint:
      what === 'context'
        ? 'kubectl config get-contexts shows all contexts; --context NAME takes one'
        : `kubectl config view shows all; --${what} NAME takes another`,
  });
}

function applyClusterFlags(entry: ClusterEntry, options: ConnectionOptions): ClusterEntry {
  const cluster: ClusterEntry = { ...entry };
  if (options.server) cluster.server = options.server;
  // Another server has another name in its certificate.
  if (options.server || options.tlsServerName) delete cluster['tls-server-name'];
  if (options.tlsServerName) cluster['tls-server-name'] = options.tlsServerName;
  if (options.insecureSkipTlsVerify || options.certificateAuthority) {
    delete cluster['certificate-authority'];
    delete cluster['certificate-authority-data'];
    delete cluster['insecure-skip-tls-verify'];
  }
  if (options.insecureSkipTlsVerify) cluster['insecure-skip-tls-verify'] = true;
  if (options.certificateAuthority)
    cluster['certificate-authority'] = resolve(options.cwd, options.certificateAuthority);
  return cluster;
}

function applyUserFlags(entry: UserEntry, options: ConnectionOptions): UserEntry {
  const user: UserEntry = { ...entry };
  if (options.token) {
    delete user.tokenFile;
    user.token = options.token;
  }
  if (options.clientCertificate) {
    delete user['client-certificate-data'];
    user['client-certificate'] = resolve(options.cwd, options.clientCertificate);
  }
  if (options.clientKey) {
    delete user['client-key-data'];
    user['client-key'] = resolve(options.cwd, options.clientKey);
  }
  if (options.as) user.as = options.as;
  if (options.asUid) user['as-uid'] = options.asUid;
  if (options.asGroups?.length) user['as-groups'] = options.asGroups;
  return user;
}
