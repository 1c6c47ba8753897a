// Packages that only build the pages of a program in another language: Laravel, Rails, Phoenix, Django with npm.
import { joinPath } from '../code/code-file.ts';
import type { SourceTree } from '../source-tree.ts';
import type { PackageJson } from './package-json.ts';

/** Manifests of the programs. */
const PROGRAMS = [
  'composer.json',
  'Gemfile',
  'mix.exs',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'go.mod',
  'manage.py',
  'Cargo.toml',
  'pyproject.toml',
  'requirements.txt',
  'Pipfile',
];

/** Whether a package stands beside another language's program and starts nothing itself. */
export function isAssetsOnly(tree: SourceTree, manifest: Pick<PackageJson, 'dir' | 'scripts'>): boolean {
  if (manifest.scripts.has('start')) return false;
  return PROGRAMS.some((name) => tree.has(joinPath(manifest.dir, name)));
}
