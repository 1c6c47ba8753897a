// Which package manager a JavaScript package is installed and started with, by its own word or by its lock file.
import { posix } from 'node:path';
import type { Evidence } from '../../application/fact.ts';
import type { SourceTree } from '../source-tree.ts';
import type { PackageJson } from './package-json.ts';

/** A package manager's name as it is typed. */
export type PackageManager = 'npm' | 'yarn' | 'pnpm' | 'bun';

/** The manager with what says so; `isAssumed` where nothing does and npm is taken. */
export interface ManagerFact {
  name: PackageManager;
  isAssumed: boolean;
  evidence: Evidence[];
}

const LOCK_FILES: readonly (readonly [string, PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['yarn.lock', 'yarn'],
  ['.yarnrc.yml', 'yarn'],
  ['.yarnrc.yaml', 'yarn'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
];

/** Looks in the package's folder and then upwards, because a workspace has one lock file. */
export function findPackageManager(
  tree: SourceTree,
  dir: string,
  manifestIn: (dir: string) => PackageJson | undefined,
): ManagerFact {
  for (const folder of foldersUpwards(dir)) {
    const found = fromManifest(manifestIn(folder)) ?? fromLockFile(tree, folder);
    if (found) return found;
  }
  return fromEngines(manifestIn(dir)) ?? { name: 'npm', isAssumed: true, evidence: [] };
}

/** `apps/web`, `apps`, `.`. */
export function foldersUpwards(dir: string): string[] {
  const folders = [dir];
  for (let at = dir; at !== '.' && folders.length < 64;) folders.push((at = posix.dirname(at)));
  return folders;
}

function fromManifest(manifest: PackageJson | undefined): ManagerFact | undefined {
  const name = /^(npm|yarn|pnpm|bun)@/.exec(manifest?.packageManager ?? '')?.[1];
  if (!manifest || !isManager(name)) return undefined;
  const evidence = [manifest.at(`packageManager is ${name}`, 'packageManager')];
  return { name, isAssumed: false, evidence };
}

function fromLockFile(tree: SourceTree, folder: string): ManagerFact | undefined {
  for (const [lock, name] of LOCK_FILES) {
    const file = posix.join(folder, lock);
    if (tree.has(file))
      return { name, isAssumed: false, evidence: [{ file, reason: `lock file of ${name}` }] };
  }
  return undefined;
}

function fromEngines(manifest: PackageJson | undefined): ManagerFact | undefined {
  for (const name of ['pnpm', 'bun', 'yarn'] as const)
    if (manifest?.engines.has(name))
      return { name, isAssumed: false, evidence: [manifest.at(`engines names ${name}`, 'engines', name)] };
  return undefined;
}

const isManager = (name: string | undefined): name is PackageManager =>
  name === 'npm' || name === 'yarn' || name === 'pnpm' || name === 'bun';
