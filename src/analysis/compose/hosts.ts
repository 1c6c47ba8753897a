// Finds host names of services inside values: URLs, host:port lists, bare names.

/** A host that a value names. */
export interface NamedHost {
  host: string;
  port?: number;
}

const MAX_VALUE = 4096;
const URL_HOST = /[a-z][a-z0-9+.-]{0,30}:\/\/(?:[^\s/@]{0,512}@)?([A-Za-z0-9][\w.-]{0,253})(?::(\d{1,5}))?/g;
const HOST_PORT = /(?:^|[\s,;=@/(])([A-Za-z0-9][\w.-]{0,253}):(\d{1,5})(?=$|[\s,;/)?])/g;
const BARE = /^[A-Za-z0-9][\w.-]{0,253}$/;

/** The hosts among `known` that a value names; the port where one stands beside it. `isBareHost` takes a lone word for a host. */
export function findHosts(
  value: string,
  known: { has(name: string): boolean },
  isBareHost = false,
): NamedHost[] {
  const text = value.slice(0, MAX_VALUE);
  const found = new Map<string, NamedHost>();
  const add = (host: string, portText?: string): void => {
    if (!known.has(host)) return;
    const port = Number(portText ?? 0);
    const before = found.get(host);
    if (before?.port !== undefined) return;
    found.set(host, { host, ...(port > 0 && port <= 65535 && { port }) });
  };
  for (const [, host = '', port] of text.matchAll(URL_HOST)) add(host, port);
  for (const [, host = '', port] of text.matchAll(HOST_PORT)) add(host, port);
  for (const part of isBareHost ? text.split(',') : []) if (BARE.test(part.trim())) add(part.trim());
  return [...found.values()];
}
