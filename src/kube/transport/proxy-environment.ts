// HTTPS_PROXY, HTTP_PROXY and NO_PROXY by Go's rules, so that we take the same way as kubectl.
import { contains, isLoopback, parseAddress, parseRange, type Address } from './ip-address.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy for a server; undefined where it is met directly. A proxy that cannot be read counts as none, as in Go. */
export function findEnvironmentProxy(env: Environment, server: URL): URL | undefined {
  const isHttps = server.protocol === 'https:';
  // A CGI program's HTTP_PROXY is the header `Proxy` of whoever calls it.
  if (!isHttps && env['REQUEST_METHOD']) return undefined;
  const proxy = parseProxy(isHttps ? readBoth(env, 'HTTPS_PROXY') : readBoth(env, 'HTTP_PROXY'));
  if (proxy === undefined) return undefined;
  return isExempt(server, readBoth(env, 'NO_PROXY')) ? undefined : proxy;
}

/** Upper case goes first; what is empty is not there. */
function readBoth(env: Environment, name: string): string {
  return env[name] || env[name.toLowerCase()] || '';
}

/** A scheme that is left out is http. */
function parseProxy(text: string): URL | undefined {
  if (text === '') return undefined;
  const url = text.includes('://') ? URL.parse(text) : URL.parse(`http://${text}`);
  return url === null || url.hostname === '' ? undefined : url;
}

/** Whether a server is met without the proxy: this machine always, and what NO_PROXY lists. */
export function isExempt(server: URL, noProxy: string): boolean {
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const address = parseAddress(host);
  const port = server.port || (server.protocol === 'https:' ? '443' : '80');
  if (host === 'localhost' || (address !== undefined && isLoopback(address))) return true;
  const entries = noProxy
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '');
  return entries.some((entry) => matches(entry, { host, address, port }));
}

interface Target {
  host: string;
  address: Address | undefined;
  port: string;
}

function matches(entry: string, { host, address, port }: Target): boolean {
  if (entry === '*') return true;
  const range = parseRange(entry);
  if (range !== undefined) return address !== undefined && contains(range, address);
  const { name, entryPort } = splitPort(entry);
  if (name === '' || (entryPort !== '' && entryPort !== port)) return false;
  const own = parseAddress(name);
  if (own !== undefined) return own.text === address?.text;
  return matchesDomain(name, host);
}

/** `foo.com` is it and what is below it; `.foo.com` and `*.foo.com` are only what is below. */
function matchesDomain(name: string, host: string): boolean {
  const suffix = name.startsWith('*.') ? name.slice(1) : name;
  if (suffix.startsWith('.')) return host.endsWith(toAscii(suffix));
  return host === toAscii(suffix) || host.endsWith(`.${toAscii(suffix)}`);
}

/** As the server's URL has it. */
function toAscii(name: string): string {
  const dot = name.startsWith('.') ? '.' : '';
  return dot + (URL.parse(`http://${name.slice(dot.length)}`)?.hostname ?? name.slice(dot.length));
}

/** `host:port`, `[::1]:port`, `::1`, `host`. Brackets without a port are, for Go, no address. */
function splitPort(entry: string): { name: string; entryPort: string } {
  const match = /^\[([^\]]*)\]:([^:]*)$/.exec(entry) ?? /^([^:[\]]*):([^:]*)$/.exec(entry);
  return match === null
    ? { name: entry, entryPort: '' }
    : { name: match[1] ?? '', entryPort: match[2] ?? '' };
}
