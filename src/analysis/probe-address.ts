// Addresses in health checks: whether a host is the component itself, and which HTTP path and port a URL asks.
import type { ProbeFact } from '../application/component.ts';

/** The part of a probe that its command tells. */
export type ProbeCommand = Pick<ProbeFact, 'kind' | 'path' | 'port' | 'scheme' | 'command' | 'service'>;

/** Names by which the component reaches itself beside `localhost`: its compose service. */
export type OwnNames = readonly string[];

const SELF = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]|::1?|\$HOSTNAME|\$\{HOSTNAME\})$/i;
const HOST = String.raw`[\w.-]+|\[[:0-9a-f]+\]|\$HOSTNAME|\$\{HOSTNAME\}`;
const ADDRESS = new RegExp(String.raw`^(?:(https?):\/\/)?(${HOST})(?::(\d{1,5}))?(\/[^\s"'\`\\$]*)?$`, 'i');
const URL_IN_CODE = new RegExp(String.raw`https?:\/\/(?:${HOST})(?::\d{1,5})?(?:\/[^\s"'\`\\)]*)?`, 'gi');

/** Whether a host is where the probe itself runs. */
export function isSelf(host: string, names: OwnNames): boolean {
  return SELF.test(host) || names.includes(host);
}

/** A port's number; undefined for what is none, 0 and what is above 65535. */
export function parsePort(text: string): number | undefined {
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535 ? port : undefined;
}

/** `http://localhost:8080/up`, `localhost:8080/up` as a probe; undefined for another host, and where a variable stands in it. */
export function parseAddress(url: string, names: OwnNames): ProbeCommand | undefined {
  const [, scheme = 'http', host = '', port, path = '/'] = ADDRESS.exec(url.replace(/#.*$/, '')) ?? [];
  const isSecure = scheme.toLowerCase() === 'https';
  return isSelf(host, names) ? toHttpProbe(port ?? (isSecure ? '443' : '80'), path, isSecure) : undefined;
}

/** Addresses in a program's text, those with a variable for their port left out by {@link parseAddress}. */
export function findUrls(text: string): string[] {
  return [...text.matchAll(URL_IN_CODE)].map((match) => {
    const following = text[match.index + match[0].length] ?? '';
    return following === ':' || following === '$' ? `${match[0]}$` : match[0];
  });
}

/** A probe by HTTP; undefined where the port is none. */
export function toHttpProbe(portText: string, path: string, isSecure = false): ProbeCommand | undefined {
  const port = parsePort(portText);
  if (port === undefined) return undefined;
  return { kind: 'http', path, port, ...(isSecure && { scheme: 'HTTPS' as const }) };
}
