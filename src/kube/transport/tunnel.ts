// A way through a proxy: CONNECT over http and https, and socks5.
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { DorguError } from '../../api/errors.ts';
import { KubeError } from '../kube-error.ts';
import { asError, TimedOut } from './transport.ts';

/** A proxy and where it was named, for errors. */
export interface Proxy {
  url: URL;
  /** `proxy-url of cluster "prod"`, `HTTPS_PROXY` */
  source: string;
}

/** Where the tunnel leads. */
export interface Target {
  host: string;
  port: number;
}

/** How long to try, and what ends it. */
export interface TunnelLimits {
  timeoutMs: number;
  signal: AbortSignal;
}

const schemes = new Set(['http:', 'https:', 'socks5:', 'socks5h:']);

/** A proxy that we can speak with. @throws DorguError ProxyInvalid */
export function expectProxy(url: URL | null, text: string, source: string): Proxy {
  if (url !== null && schemes.has(url.protocol) && url.hostname !== '') return { url, source };
  throw new DorguError(
    'ProxyInvalid',
    `expected ${source} as http://, https:// or socks5://HOST:PORT, found ${JSON.stringify(url === null ? text : formatProxy(url))}`,
    { hint: `mend ${source}` },
  );
}

/** The open way. @throws KubeError ProxyFailed; TimedOut */
export async function openTunnel(proxy: Proxy, target: Target, limits: TunnelLimits): Promise<Duplex> {
  try {
    return await (proxy.url.protocol.startsWith('socks')
      ? openSocks(proxy.url, target, limits)
      : openConnect(proxy, target, limits));
  } catch (cause) {
    if (cause instanceof KubeError || limits.signal.aborted) throw cause;
    throw proxyFailed(proxy, `the proxy at ${formatProxy(proxy.url)} does not answer`, cause);
  }
}

function openConnect(
  proxy: Proxy,
  { host, port }: Target,
  { timeoutMs, signal }: TunnelLimits,
): Promise<Duplex> {
  const { url } = proxy;
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const credentials = basicCredentials(url);
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'http:' ? requestHttp : requestHttps)({
      method: 'CONNECT',
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port || (url.protocol === 'http:' ? 80 : 443),
      path: authority,
      agent: false,
      setHost: false,
      signal,
      headers: {
        host: authority,
        ...(credentials === undefined ? {} : { 'proxy-authorization': `Basic ${credentials}` }),
      },
    });
    const timer = setTimeout(
      () => request.destroy(new TimedOut(`no tunnel within ${timeoutMs / 1000} s`)),
      timeoutMs,
    );
    const settle = () => clearTimeout(timer);
    request.once('connect', (answer, socket: Socket, head: Buffer) => {
      settle();
      if (answer.statusCode === 200) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
        return;
      }
      socket.destroy();
      const said = `${answer.statusCode ?? 0} ${answer.statusMessage ?? ''}`.trim();
      reject(
        proxyFailed(
          proxy,
          `the proxy at ${formatProxy(url)} refuses the way to ${authority}`,
          `it said: ${said}`,
        ),
      );
    });
    request.once('error', (error) => {
      settle();
      reject(signal.aborted ? asError(signal.reason) : error);
    });
    request.end();
  });
}

/** Loaded here, because few need it. The proxy looks the name up, as in Go. */
async function openSocks(url: URL, { host, port }: Target, { timeoutMs }: TunnelLimits): Promise<Duplex> {
  const { SocksClient } = await import('socks');
  const { socket } = await SocksClient.createConnection({
    command: 'connect',
    destination: { host, port },
    timeout: timeoutMs,
    proxy: {
      type: 5,
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port) || 1080,
      ...(url.username === ''
        ? {}
        : { userId: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }),
    },
  });
  return socket;
}

function basicCredentials({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  return Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
}

function proxyFailed({ source }: Proxy, message: string, cause: unknown): KubeError {
  return new KubeError('ProxyFailed', message, {
    cause,
    hint: `it stands in ${source}; NO_PROXY lists the hosts that need none`,
  });
}

/** Without name and password. */
function formatProxy({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}
