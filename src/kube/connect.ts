// From kubectl's flags and files to a client of the API server that they mean.
import { DorguError } from '../api/errors.ts';
import { hasSecret, withoutCredentials } from './auth/plain-user.ts';
import { renewByKubectl } from './auth/renew-by-kubectl.ts';
import { readPem, createUserAuthenticator } from './auth/user-authenticator.ts';
import type { ConnectedClient } from './client.ts';
import type { ConnectionOptions } from './connection-options.ts';
import { createClient } from './create-client.ts';
import { findServiceAccount } from './in-cluster.ts';
import { confirmUsable } from './kubeconfig/confirm-usable.ts';
import type { UserEntry } from './kubeconfig/kubeconfig.ts';
import { loadKubeconfig } from './kubeconfig/load.ts';
import { selectFromKubeconfig, type Selection } from './kubeconfig/select.ts';
import type { SentRequest } from './request-info.ts';
import { defaultRetryPolicy, type RetryPolicy } from './retry.ts';
import { createAgents } from './transport/agents.ts';
import { findEnvironmentProxy } from './transport/proxy-environment.ts';
import { createTrust } from './transport/trust.ts';
import { expectProxy, type Proxy } from './transport/tunnel.ts';

/** What tests and the operator set otherwise than people do. */
export interface ConnectionTuning {
  retry?: Partial<RetryPolicy>;
  connectTimeoutMs?: number;
  idleTimeoutMs?: number;
  /** Called once for each sending: verb, resource and status, for metrics. */
  onSent?: (sent: SentRequest) => void;
}

/**
 * A client; nothing is sent yet.
 * @throws DorguError KubeconfigNotFound, KubeconfigInvalid, ContextNotFound …: what is wrong with files and flags
 */
export function connect(options: ConnectionOptions, tuning: ConnectionTuning = {}): Promise<ConnectedClient> {
  return Promise.resolve().then(() => build(select(options), options, tuning));
}

function build(selection: Selection, options: ConnectionOptions, tuning: ConnectionTuning): ConnectedClient {
  const { cluster, user } = selection;
  const server = parseServer(cluster.server, selection);
  const connectTimeoutMs = tuning.connectTimeoutMs ?? 15_000;
  const ca = readAuthority(selection);
  const isInsecure = cluster['insecure-skip-tls-verify'] ?? false;
  const agents = createAgents({
    server,
    connectTimeoutMs,
    proxy: findProxy(selection, server, options),
    ca,
    serverName: cluster['tls-server-name'],
    isInsecure,
  });
  return createClient({
    server,
    namespace: selection.namespace ?? 'default',
    contextName: selection.contextName,
    clusterName: selection.clusterName,
    userAgent: options.userAgent,
    authenticator: createUserAuthenticator(chooseUser(user, server, options), {
      env: options.env,
      cluster,
      ca,
      isTerminal: process.stdin.isTTY,
      renewProvider: (signal) => renewByKubectl(options, signal),
    }),
    agentFor: (certificate, use) => agents.agentFor(certificate, use),
    closeAgents: () => agents.close(),
    trust: createTrust({
      ca,
      read: () => readAuthority(select({ ...options, onWarning: undefined })),
      use: (next) => agents.trust(next),
    }),
    isServerVerified: server.protocol === 'https:' && !isInsecure,
    requestTimeoutMs: options.requestTimeoutMs ?? 0,
    connectTimeoutMs,
    // API servers end requests of their own accord after 60 s.
    idleTimeoutMs: tuning.idleTimeoutMs ?? 70_000,
    isCompressed: !(cluster['disable-compression'] ?? false),
    retry: { ...defaultRetryPolicy, ...tuning.retry },
    signal: options.signal,
    onWarning: options.onWarning,
    onSent: tuning.onSent,
  });
}

function readAuthority({ cluster }: Selection): Buffer | undefined {
  const { 'certificate-authority-data': data, 'certificate-authority': path } = cluster;
  return readPem(data, path, 'certificate-authority');
}

/** The kubeconfig's choice; the pod's own service account where no file and no flag says anything. */
function select(options: ConnectionOptions): Selection {
  const { kubeconfig, candidates, files } = loadKubeconfig(options);
  if (files.length === 0 && !options.server) {
    const account = findServiceAccount(options.env);
    if (account !== undefined) return { ...account, namespace: options.namespace || account.namespace };
    throw noKubeconfig(candidates);
  }
  return confirmUsable(selectFromKubeconfig(kubeconfig, options));
}

/** Credentials go over TLS only. */
function chooseUser(user: UserEntry, server: URL, { onWarning }: ConnectionOptions): UserEntry {
  if (server.protocol === 'https:') return user;
  if (hasSecret(user))
    onWarning?.(`${server.origin} is plain HTTP: your credentials are not sent there, as with kubectl`);
  return withoutCredentials(user);
}

/** The cluster's own proxy goes before the environment's, and NO_PROXY does not concern it. */
function findProxy(
  { cluster, clusterName }: Selection,
  server: URL,
  { env }: ConnectionOptions,
): Proxy | undefined {
  const own = cluster['proxy-url'];
  if (own)
    return expectProxy(URL.parse(own), own, `proxy-url of cluster ${JSON.stringify(clusterName ?? '')}`);
  const url = findEnvironmentProxy(env, server);
  const variable = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  return url === undefined ? undefined : expectProxy(url, url.href, variable);
}

function parseServer(text: string | undefined, { contextName, clusterName }: Selection): URL {
  if (!text) throw noServer(contextName, clusterName);
  // As kubectl: a host alone is met over HTTP.
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url !== null && (url.protocol === 'https:' || url.protocol === 'http:')) return url;
  throw new DorguError(
    'ServerInvalid',
    `expected the server as https://HOST:PORT, found ${JSON.stringify(text)}`,
    { hint: 'mend `server` of the cluster in the kubeconfig, or pass --server https://HOST:PORT' },
  );
}

function noServer(contextName: string | undefined, clusterName: string | undefined): DorguError {
  const found = contextName === undefined ? 'no current-context' : `context ${JSON.stringify(contextName)}`;
  return new DorguError(
    'NoServer',
    clusterName === undefined
      ? `the kubeconfig names no cluster to ask: it has ${found}`
      : `cluster ${JSON.stringify(clusterName)} of the kubeconfig has no server`,
    {
      hint: 'kubectl config get-contexts shows the contexts; kubectl config use-context NAME or --context NAME takes one',
    },
  );
}

function noKubeconfig(candidates: readonly string[]): DorguError {
  return new DorguError('KubeconfigNotFound', 'no kubeconfig: it is not known which cluster to ask', {
    cause: `looked for ${[...candidates, 'a service account of this pod'].join(', ')}`,
    hint: "set KUBECONFIG or pass --kubeconfig FILE; the cluster's provider writes one (kind get kubeconfig, aws eks update-kubeconfig …)",
  });
}
