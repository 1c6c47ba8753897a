// The packages that a package.json names for running or building, each with its line.
import type { Evidence } from '../../application/fact.ts';
import type { PackageJson } from './package-json.ts';

/** `dependencies`, then `devDependencies`. */
export function toPackages(manifest: PackageJson): ReadonlyMap<string, Evidence> {
  return new Map([...toEntries(manifest, 'devDependencies'), ...runtimePackages(manifest)]);
}

/** `dependencies` only: what the program has when it runs. */
export function runtimePackages(manifest: PackageJson): ReadonlyMap<string, Evidence> {
  return new Map(toEntries(manifest, 'dependencies'));
}

function toEntries(manifest: PackageJson, key: 'dependencies' | 'devDependencies'): [string, Evidence][] {
  return [...manifest[key].keys()].map((name) => [name, manifest.at(`${key} has ${name}`, key, name)]);
}
