// The headers of a request: credentials from files that are read anew each time, and what else was configured.
import { readFile } from 'node:fs/promises';
import type { OutgoingHttpHeaders } from 'node:http';
import { PrometheusError } from './prometheus-error.ts';
import type { PrometheusClientOptions } from './client-options.ts';

const maxSecretBytes = 64 * 1024;

/** What goes with every request. @throws PrometheusError PrometheusFileUnreadable, PrometheusInvalid */
export async function readHeaders(options: PrometheusClientOptions): Promise<OutgoingHttpHeaders> {
  const authorization = await readAuthorization(options);
  return {
    ...options.headers,
    ...(authorization === undefined ? {} : { authorization }),
    accept: 'application/json',
    'accept-encoding': 'gzip',
    'user-agent': options.userAgent ?? 'kubectl-dorgu',
  };
}

async function readAuthorization({
  bearerToken,
  bearerTokenFile,
  basic,
}: PrometheusClientOptions): Promise<string | undefined> {
  const token = bearerTokenFile === undefined ? bearerToken : await readSecret(bearerTokenFile, 'token');
  if (token !== undefined) {
    if (!/^[\x21-\x7e]+$/.test(token))
      throw new PrometheusError(
        'PrometheusInvalid',
        'the token for Prometheus holds characters that no token has',
      );
    return `Bearer ${token}`;
  }
  if (basic === undefined) return undefined;
  const password =
    basic.passwordFile === undefined
      ? (basic.password ?? '')
      : await readSecret(basic.passwordFile, 'password');
  return `Basic ${Buffer.from(`${basic.username}:${password}`).toString('base64')}`;
}

async function readSecret(path: string, what: string): Promise<string> {
  return (await readPrometheusFile(path, what)).toString('utf8').trim();
}

/** A small file of the configuration. @throws PrometheusError PrometheusFileUnreadable, which names the path */
export async function readPrometheusFile(path: string, what: string): Promise<Buffer> {
  let content: Buffer;
  try {
    content = await readFile(path);
  } catch (cause) {
    throw new PrometheusError(
      'PrometheusFileUnreadable',
      `cannot read the ${what} for Prometheus at ${path}`,
      {
        cause,
      },
    );
  }
  if (content.length > maxSecretBytes * 16 || (what !== 'CA' && content.length > maxSecretBytes))
    throw new PrometheusError(
      'PrometheusFileUnreadable',
      `the ${what} for Prometheus at ${path} is too large to be one`,
    );
  return content;
}
