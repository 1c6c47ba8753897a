// HTTPS_PROXY, HTTP_PROXY and NO_PROXY by Go's rules, so that we take the same way as kubectl.
import { BlockList, isIP, isIPv4 } from 'node:net';

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
  const port = server.port || (server.protocol === 'https:' ? '443' : '80');
  if (host === 'localhost' || isLoopback(host)) return true;
  const entries = noProxy
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '');
  return entries.some((entry) => matches(entry, host, port));
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const range = parseRange(entry);
  if (range !== undefined) return isIP(host) !== 0 && range.check(host, familyOf(host));
  const { name, entryPort } = splitPort(entry);
  if (name === '' || (entryPort !== '' && entryPort !== port)) return false;
  if (isIP(name) !== 0) return isIP(host) !== 0 && singleAddress(name).check(host, familyOf(host));
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

function parseRange(entry: string): BlockList | undefined {
  const [address = '', length = '', ...rest] = entry.split('/');
  const bits = isIPv4(address) ? 32 : 128;
  if (rest.length > 0 || isIP(address) === 0 || !/^\d{1,3}$/.test(length) || Number(length) > bits)
    return undefined;
  const list = new BlockList();
  list.addSubnet(address, Number(length), familyOf(address));
  return list;
}

function singleAddress(address: string): BlockList {
  const list = new BlockList();
  list.addAddress(address, familyOf(address));
  return list;
}

/** `host:port`, `[::1]:port`, `::1`, `host`. */
function splitPort(entry: string): { name: string; entryPort: string } {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(entry);
  if (bracketed) return { name: bracketed[1] ?? '', entryPort: bracketed[2] ?? '' };
  const parts = entry.split(':');
  return parts.length === 2
    ? { name: parts[0] ?? '', entryPort: parts[1] ?? '' }
    : { name: entry, entryPort: '' };
}

function isLoopback(host: string): boolean {
  return host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6';
}
