// How the errors of the way to a cluster are met.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { clusterErrors } from '../../src/api/error-codes/cluster.ts';
import { persona, personaYaml, servePersonas, type ErrorCase } from './error-case.ts';
import { serveWorkloads } from './workloads.ts';

const list = ['persona', 'list'] as const;
const nowhere = 'https://127.0.0.1:1';
const exec = { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never' } as const;
/** Credentials go over TLS only: nothing listens there, and nothing has to. */
const asUser = (user: ErrorCase['user'], says: RegExp): ErrorCase => ({
  args: list,
  cluster: { server: nowhere },
  ...(user === undefined ? {} : { user }),
  says,
});
const atCluster = (cluster: ErrorCase['cluster'], says: RegExp): ErrorCase => ({
  args: list,
  ...(cluster === undefined ? {} : { cluster }),
  says,
});

/** By code; Interrupted needs a process of its own. */
export const connectionCases: Record<
  Exclude<keyof typeof clusterErrors, 'TlsFailed' | 'Interrupted'>,
  ErrorCase
> = {
  KubeconfigNotFound: {
    args: list,
    prepare: ({ folder }) => rmSync(join(folder, 'kubeconfig')),
    says: /^error: no kubeconfig: it is not known which cluster to ask/,
  },
  KubeconfigUnreadable: { args: [...list, '--kubeconfig', '.'], says: /^error: .*found a directory/ },
  KubeconfigInvalid: {
    args: [...list, '--kubeconfig', 'broken'],
    files: { broken: 'clusters: [\n' },
    says: /^error: .*broken:\d+: /,
  },
  ContextNotFound: {
    args: [...list, '--context', 'prod'],
    says: /^error: the kubeconfig has no context "prod"/,
  },
  ClusterNotFound: {
    args: [...list, '--cluster', 'prod'],
    says: /^error: the kubeconfig has no cluster "prod"/,
  },
  UserNotFound: { args: [...list, '--user', 'jo'], says: /^error: the kubeconfig has no user "jo"/ },
  NoServer: atCluster({ server: '' }, /^error: cluster "test" of the kubeconfig has no server/),
  ServerInvalid: atCluster({ server: 'ftp://host' }, /^error: expected the server as https:.*"ftp:\/\/host"/),
  ProxyInvalid: atCluster(
    { 'proxy-url': 'ftp://proxy' },
    /^error: expected proxy-url of cluster "test" as http:/,
  ),
  ProxyFailed: atCluster(
    { 'proxy-url': 'http://127.0.0.1:1' },
    /^error: the proxy at http:\/\/127\.0\.0\.1:1 does not answer/,
  ),
  Unreachable: atCluster(
    { server: nowhere },
    /^error: the API server at https:\/\/127\.0\.0\.1:1 does not answer/,
  ),
  BrokenAnswer: {
    args: list,
    prepare: ({ server }) => server.inject({ body: { items: [] }, cutAfterBytes: 3 }, { times: 9 }),
    says: /^error: the answer of the API server at .* is not whole/,
  },
  InvalidAnswer: {
    args: list,
    prepare: ({ server }) =>
      server.inject({ body: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } }, { times: 9 }),
    says: /^error: expected JSON .* found text\/html/,
  },
  Timeout: {
    args: [...list, '--request-timeout=100ms'],
    prepare: ({ server }) => server.inject({ stallAfterBytes: -1 }, { times: 9 }),
    says: /^error: the API server at .* did not answer in time/,
  },
  CertificateInvalid: atCluster(
    { server: nowhere, 'certificate-authority-data': Buffer.from('no PEM').toString('base64') },
    /^error: expected certificates and key as PEM/,
  ),
  CertificateUnreadable: atCluster(
    { server: nowhere, 'certificate-authority': '/nonexistent/ca.crt' },
    /^error: \/nonexistent\/ca\.crt: certificate-authority of the kubeconfig cannot be read/,
  ),
  TokenInvalid: asUser(
    { token: 'two\nlines' },
    /^error: expected a token of letters, digits and punctuation/,
  ),
  TokenFileUnreadable: asUser(
    { tokenFile: '/nonexistent/token' },
    /^error: \/nonexistent\/token: the token file cannot be read/,
  ),
  AuthProviderUnknown: asUser(
    { 'auth-provider': { name: 'gcp', config: {} } },
    /^error: kubectl no longer has the auth-provider "gcp"/,
  ),
  ExecPluginFailed: asUser(
    { exec: { ...exec, command: '/nonexistent/plugin' } },
    /^error: the credential plugin \/nonexistent\/plugin is not installed/,
  ),
  ExecPluginInvalid: asUser(
    { exec: { ...exec, apiVersion: 'client.authentication.k8s.io/v1alpha1', command: 'plugin' } },
    /^error: expected apiVersion .* for the credential plugin plugin/,
  ),
  OidcExpired: asUser(
    { 'auth-provider': { name: 'oidc', config: { 'id-token': 'of.yesterday.x' } } },
    /^error: the OIDC login of the kubeconfig has expired/,
  ),
  ImpersonationIncomplete: {
    args: [...list, '--as-group', 'admins'],
    says: /^error: expected --as USER beside/,
  },
  InvalidHeader: {
    args: [...list, '--as', 'two\nlines'],
    says: /^error: expected a name that fits into an HTTP/,
  },
  CrdsMissing: { args: list, says: /^error: the cluster at .* does not know applicationpersonas\.dorgu\.io/ },
  NamespaceMismatch: {
    args: ['persona', 'apply', '-f', 'persona.yaml', '-n', 'store'],
    files: { 'persona.yaml': personaYaml('shop', ', namespace: shop') },
    says: /^error: persona\.yaml:1:1: the namespace "shop" .* does not match -n store/,
  },
  NotReady: {
    args: ['persona', 'apply', '-f', 'persona.yaml', '--wait'],
    files: { 'persona.yaml': personaYaml() },
    // It was taken, and somebody else deleted it.
    prepare: ({ server }) => {
      servePersonas(server);
      // No operator either.
      server.collections.set('/apis/apps/v1/deployments', []);
      server.inject({ body: persona('shop') }, { fits: ({ method }) => method === 'PATCH' });
    },
    says: /^error: .*shop does not become ready/m,
  },
  NotImported: {
    args: ['persona', 'import', 'shop-1'],
    prepare: ({ server }) => serveWorkloads(server, ['shop']),
    says: /^error: Job "shop-1" gets no persona of its own/,
  },
};
