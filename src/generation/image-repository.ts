// Where the application's image lives: settings, else the registry that goes with the git host, else a placeholder that is said.
import type { Application } from '../application/application.ts';
import { PLACEHOLDER_REGISTRY, type Sourced } from '../manifests/options.ts';
import type { Settings } from '../settings/settings.ts';

/** Registries that hosts of repositories run beside them, with the path that they give each repository. */
const REGISTRIES: ReadonlyMap<string, string> = new Map([
  ['github.com', 'ghcr.io'],
  ['gitlab.com', 'registry.gitlab.com'],
  ['codeberg.org', 'codeberg.org'],
]);

/** The repository without a tag: `ghcr.io/acme/shop`. `name` is the application's, DNS-safe. */
export function toImageRepository({ git }: Application, { values }: Settings, name: string): Sourced<string> {
  if (values.image !== undefined) return { value: values.image, source: 'settings' };
  if (values.registry !== undefined)
    return { value: `${values.registry.replace(/\/+$/, '')}/${name}`, source: 'settings' };
  const fromGit = git?.remote && toRegistryPath(git.remote.value);
  if (fromGit === undefined) return { value: `${PLACEHOLDER_REGISTRY}/${name}`, source: 'placeholder' };
  // One repository may hold several applications, and each needs a name of its own.
  return { value: git?.pathInRepository === '.' ? fromGit : `${fromGit}/${name}`, source: 'git' };
}

/** `https://github.com/Acme/Shop` to `ghcr.io/acme/shop`; undefined where the host is not known to run a registry. */
export function toRegistryPath(remote: string): string | undefined {
  const match = /^https:\/\/([^/]+)\/(.+)$/.exec(remote);
  const registry = REGISTRIES.get(match?.[1] ?? '');
  const path = match?.[2]?.toLowerCase();
  if (registry === undefined || path === undefined) return undefined;
  const isPath = path.split('/').every((part) => /^[a-z0-9]+([._-]+[a-z0-9]+)*$/.test(part));
  return isPath ? `${registry}/${path}` : undefined;
}
