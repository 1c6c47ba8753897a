// What an exec plugin is told in KUBERNETES_EXEC_INFO, and what it has to answer.
import { DorguError } from '../../api/errors.ts';
import type { ClusterEntry } from '../kubeconfig/kubeconfig.ts';

/** The version of the plugins' protocol that a kubeconfig may name. */
export const execApiVersions: readonly string[] = [
  'client.authentication.k8s.io/v1',
  'client.authentication.k8s.io/v1beta1',
];

/** Extensions of a cluster under this name are for plugins. */
const configExtension = 'client.authentication.k8s.io/exec';

/** What a plugin answered. */
export interface ExecCredential {
  token: string | undefined;
  certificate: { cert: string; key: string } | undefined;
  /** ms since 1970; undefined: until the server refuses it. */
  expiresAt: number | undefined;
}

/** The JSON of KUBERNETES_EXEC_INFO. `cluster` where provideClusterInfo asks for it; `ca` is its CA, from data or file. */
export function formatExecInfo(
  apiVersion: string,
  isInteractive: boolean,
  cluster: ClusterEntry | undefined,
  ca: Buffer | undefined,
): string {
  return JSON.stringify({
    kind: 'ExecCredential',
    apiVersion,
    spec: {
      ...(cluster === undefined ? {} : { cluster: toExecCluster(cluster, ca) }),
      interactive: isInteractive,
    },
  });
}

function toExecCluster(cluster: ClusterEntry, ca: Buffer | undefined): object {
  const config = cluster.extensions?.find(({ name }) => name === configExtension)?.extension;
  return {
    server: cluster.server,
    'tls-server-name': cluster['tls-server-name'],
    'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
    'certificate-authority-data': ca?.toString('base64'),
    'proxy-url': cluster['proxy-url'],
    'disable-compression': cluster['disable-compression'],
    config,
  };
}

/** The credentials in a plugin's answer. @throws DorguError ExecPluginFailed */
export function parseExecCredential(stdout: string, command: string, apiVersion: string): ExecCredential {
  const answer = parseObject(stdout);
  if (answer === undefined || answer['kind'] !== 'ExecCredential')
    throw wrongAnswer(command, 'expected an ExecCredential as JSON, found something else');
  if (answer['apiVersion'] !== apiVersion)
    throw wrongAnswer(
      command,
      `expected apiVersion ${apiVersion}, found ${JSON.stringify(answer['apiVersion'])}`,
    );
  return toCredential(asFields(answer['status']), command);
}

function toCredential(status: Record<string, unknown>, command: string): ExecCredential {
  const token = readText(status['token']);
  const cert = readText(status['clientCertificateData']);
  const key = readText(status['clientKeyData']);
  const certificate = cert !== undefined && key !== undefined ? { cert, key } : undefined;
  if (certificate === undefined && cert !== key)
    throw wrongAnswer(command, 'expected certificate and key together, found one of them');
  if (token === undefined && certificate === undefined)
    throw wrongAnswer(command, 'expected a token or a certificate with its key in status, found neither');
  const expiresAt = Date.parse(readText(status['expirationTimestamp']) ?? '');
  return { token, certificate, expiresAt: Number.isNaN(expiresAt) ? undefined : expiresAt };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    return asFields(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function asFields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function wrongAnswer(command: string, why: string): DorguError {
  return new DorguError(
    'ExecPluginFailed',
    `the credential plugin ${command} answered what cannot be used: ${why}`,
    {
      hint: "apiVersion of the user's exec in the kubeconfig has to be the one that the plugin speaks; update the plugin, or have the kubeconfig written anew",
    },
  );
}
