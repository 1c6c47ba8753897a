// Remotes as git's configuration spells them, turned into an address that people can open and that carries no credentials.

/** A remote's URL as written, with the line (from 1) that says it. */
export interface GitRemote {
  url: string;
  line: number;
}

/** The remotes of a git configuration file by name; the first URL of each counts. */
export function parseRemotes(config: string): Map<string, GitRemote> {
  const remotes = new Map<string, GitRemote>();
  let remote: string | undefined;
  for (const [at, line] of config.split(/\r?\n/).entries()) {
    const header = /^\s*\[(.*)\]\s*$/.exec(line)?.[1];
    if (header !== undefined) remote = /^remote "(.+)"$/.exec(header)?.[1];
    const url = /^\s*url\s*=\s*(\S+)\s*$/.exec(line)?.[1];
    if (url === undefined || remote === undefined || remotes.has(remote)) continue;
    remotes.set(remote, { url, line: at + 1 });
  }
  return remotes;
}

/** `https://host/owner/name` for any remote URL, without user, password, ssh port and `.git`; undefined for a local path. */
export function toWebAddress(url: string): string | undefined {
  const address = parseUrl(url) ?? parseScp(url);
  if (!address) return undefined;
  const path = address.path
    .replace(/^\/+/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  return path === '' ? undefined : `https://${address.host.toLowerCase()}/${path}`;
}

interface Address {
  host: string;
  path: string;
}

function parseUrl(url: string): Address | undefined {
  const match = /^(https?|ssh|git|git\+ssh):\/\/(?:[^/\s]*@)?([A-Za-z0-9.-]+)(:\d+)?\/([^\s?#]+)/.exec(url);
  if (!match) return undefined;
  const [, scheme = '', host = '', port = '', path = ''] = match;
  return { host: scheme.startsWith('http') ? host + port : host, path };
}

// git@github.com:acme/shop.git; a drive letter (C:/shop) has no dot.
function parseScp(url: string): Address | undefined {
  const match = /^(?:[^@/\s]+@)?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+):(?!\/\/)(\S+)$/.exec(url);
  return match?.[1] !== undefined && match[2] !== undefined ? { host: match[1], path: match[2] } : undefined;
}
