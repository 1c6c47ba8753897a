// Image references, as container runtimes read them: registry, repository, tag and digest.

/** The registry of a name that says none. */
export const defaultRegistry = 'docker.io';

/** Longest name that a registry takes, in characters. */
const maxNameLength = 255;

/** The parts of an image reference. */
export interface ImageReference {
  /** As written, without tag and digest: `nginx`, `ghcr.io/acme/shop`. */
  name: string;
  /** The registry as written, with its port; undefined where the name says none. */
  host: string | undefined;
  /** The registry that is asked: `docker.io` where none is written; its other names read as this one. */
  registry: string;
  /** The path on that registry: `library/nginx`, `acme/shop`. */
  path: string;
  tag: string | undefined;
  /** `sha256:…` */
  digest: string | undefined;
}

const hostPattern =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*|\[[0-9A-Fa-f:]{2,45}\])(?::[0-9]{1,5})?$/;
const pathPattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,512}$/;

/** Takes `host:5000/path/name:tag@sha256:…` apart; undefined where a runtime would refuse it. */
export function parseImageReference(text: string): ImageReference | undefined {
  const { name, tag, digest } = splitImageReference(text);
  const host = findHost(name);
  const rest = host === undefined ? name : name.slice(host.length + 1);
  const isValid =
    name.length <= maxNameLength &&
    pathPattern.test(rest) &&
    fits(host, hostPattern) &&
    fits(tag, tagPattern) &&
    fits(digest, digestPattern);
  if (!isValid) return undefined;
  const registry = toRegistry(host);
  const path = registry === defaultRegistry && !rest.includes('/') ? `library/${rest}` : rest;
  return { name, host, registry, path, tag, digest };
}

function fits(part: string | undefined, pattern: RegExp): boolean {
  return part === undefined || pattern.test(part);
}

/** Cuts off tag and digest; nothing is checked. A tag comes after the last slash, so that a port is none. */
export function splitImageReference(text: string): {
  name: string;
  tag: string | undefined;
  digest: string | undefined;
} {
  const bounded = text.slice(0, 1024);
  const at = bounded.indexOf('@');
  const withTag = at < 0 ? bounded : bounded.slice(0, at);
  const digest = at < 0 ? undefined : bounded.slice(at + 1);
  const colon = withTag.lastIndexOf(':');
  if (colon <= withTag.lastIndexOf('/')) return { name: withTag, tag: undefined, digest };
  return { name: withTag.slice(0, colon), tag: withTag.slice(colon + 1), digest };
}

/** The host that a name begins with, as written: its first part, if that could be no directory of the default registry. */
export function findHost(name: string): string | undefined {
  const slash = name.indexOf('/');
  if (slash < 0) return undefined;
  const first = name.slice(0, slash);
  return /[.:A-Z]/.test(first) || first === 'localhost' ? first : undefined;
}

// Docker Hub answers to several names.
function toRegistry(host: string | undefined): string {
  const lower = host?.toLowerCase();
  if (lower === undefined || lower === 'index.docker.io' || lower === 'registry-1.docker.io')
    return defaultRegistry;
  return lower;
}
