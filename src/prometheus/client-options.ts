// How a Prometheus is reached, checked before anything is sent.
import type { Duplex } from 'node:stream';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { BreakerLimits } from './breaker.ts';
import { PrometheusError } from './prometheus-error.ts';

/** How a Prometheus is reached. Files are read again for each request, for they are rotated. */
export interface PrometheusClientOptions {
  /** http or https, with the path below which its API is, if any. May hold `user:password@`. */
  url: string;
  bearerToken?: string | undefined;
  bearerTokenFile?: string | undefined;
  basic?: { username: string; password?: string | undefined; passwordFile?: string | undefined } | undefined;
  /** PEM of who may sign its certificate; undefined: what this machine trusts. */
  caFile?: string | undefined;
  /** The name that its certificate is for, where it is another than the URL's. */
  serverName?: string | undefined;
  /** Takes any certificate. */
  isInsecure?: boolean | undefined;
  /** Further headers, such as a tenant's `X-Scope-OrgID`. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** From the request to the end of the answer; 30 s. */
  timeoutMs?: number | undefined;
  /** Of an answer, unzipped; 64 MiB. */
  maxAnswerBytes?: number | undefined;
  breaker?: BreakerLimits | undefined;
  userAgent?: string | undefined;
  /** Sends credentials over plain HTTP as well: where the way is private anyhow, or whoever asks says so. To this machine they always go. */
  allowsPlainCredentials?: boolean | undefined;
  /** The way there, instead of a TCP connection: a port-forward, a proxy's tunnel. */
  openSocket?: ((signal: AbortSignal) => Promise<Duplex>) | undefined;
  /** Ends whatever is under way. */
  signal?: AbortSignal | undefined;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Told of each request that was sent, once it is over. */
  onSent?: ((sent: SentRequest) => void) | undefined;
}

/** A request that is over. */
export interface SentRequest {
  /** `query`, `query_range` or `series`. */
  api: string;
  /** The error's code, or `ok`. */
  outcome: string;
  durationMs: number;
  /** Of the answer, unzipped. */
  bytes: number;
  /** What the query touched; undefined where Prometheus does not say. */
  samples: number | undefined;
}

/** Options that can be worked with. */
export interface Endpoint {
  /** Without credentials, without a slash at its end. */
  url: URL;
  /** For messages: without credentials, query and fragment. */
  shown: string;
  options: PrometheusClientOptions;
}

/** 64 MiB: the answer about 100,000 containers is a third of it. */
export const defaultMaxAnswerBytes = 64 * 1024 * 1024;
export const defaultTimeoutMs = 30_000;

/** @throws PrometheusError PrometheusInvalid, without the credentials */
export function parseEndpoint(options: PrometheusClientOptions): Endpoint {
  const url = URL.canParse(options.url) ? new URL(options.url) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new PrometheusError(
      'PrometheusInvalid',
      'expected the address of Prometheus as http:// or https://HOST:PORT',
    );
  const withUser = url.username === '' ? options : { ...options, basic: options.basic ?? basicOf(url) };
  url.username = url.password = url.search = url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '');
  const shown = url.href.replace(/\/$/, '');
  checkHeaders(options.headers ?? {});
  if (url.protocol === 'http:' && hasCredentials(withUser) && !isPrivateWay(url, options))
    throw new PrometheusError(
      'PrometheusInvalid',
      `credentials for ${shown} would go over plain HTTP, where anybody on the way can read them`,
      { hint: 'https:// keeps them private; --prometheus-insecure-credentials sends them all the same' },
    );
  return { url, shown, options: withUser };
}

function basicOf(url: URL): { username: string; password: string } {
  return { username: decode(url.username), password: decode(url.password) };
}

/** What is not percent-encoded UTF-8 is meant as it stands. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function hasCredentials({
  bearerToken,
  bearerTokenFile,
  basic,
  headers = {},
}: PrometheusClientOptions): boolean {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  return (
    (bearerToken ?? bearerTokenFile ?? basic) !== undefined ||
    names.some((name) => ['authorization', 'cookie', 'proxy-authorization'].includes(name))
  );
}

function isPrivateWay({ hostname }: URL, { allowsPlainCredentials }: PrometheusClientOptions): boolean {
  const isHere = ['localhost', '[::1]'].includes(hostname) || /^127(\.\d+){3}$/.test(hostname);
  return isHere || allowsPlainCredentials === true;
}

function checkHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      // Node's error would show the value.
      throw new PrometheusError(
        'PrometheusInvalid',
        `a header for Prometheus cannot be sent: ${JSON.stringify(name)}`,
      );
    }
  }
}
