// Where JavaScript components begin: packages that something runs, workspaces taken apart; libraries are no roots.
import { posix } from 'node:path';
import { compareText } from '../../api/compare-text.ts';
import { joinPath } from '../code/code-file.ts';
import { findPackage, type Packages } from '../code/recognise.ts';
import { javascriptFrameworks } from '../frameworks/javascript.ts';
import { isAssetsOnly } from '../javascript/assets-only.ts';
import { readPackageJson, type PackageJson } from '../javascript/package-json.ts';
import { toPackages } from '../javascript/packages.ts';
import { findEntryFile } from '../javascript/start-command.ts';
import { isWorkspaceRoot } from '../javascript/workspaces.ts';
import { maskComments } from '../source-text.ts';
import type { SourceTree } from '../source-tree.ts';
import type { Root, RootFinder } from './root.ts';

/** Folders whose packages are not the application's. */
const NO_APPLICATION =
  /(?:^|\/)(?:tests?|__tests__|e2e|cypress|fixtures?|__fixtures__|examples?|samples?|docs|templates?|themes|node_modules|dist|build|vendor|\.github|\.storybook)(?:\/|$)/i;
/** More manifests than this are not looked into. */
const MAX_MANIFESTS = 1000;
const LISTENS = /\.listen\(|\bBun\.serve\(|\bserve\(|\.bindAsync\(|\bnew Worker\(|\.consume\(/;

/** JavaScript's roots. */
export const javascriptRoots: RootFinder = { name: 'javascript', find: findJavascriptRoots };

function findJavascriptRoots(tree: SourceTree): Root[] {
  const manifests = tree.files
    .filter((file) => posix.basename(file) === 'package.json' && !NO_APPLICATION.test(posix.dirname(file)))
    .slice(0, MAX_MANIFESTS)
    .flatMap((file) => readPackageJson(tree, posix.dirname(file)).manifest ?? [])
    .filter((manifest) => !isAssetsOnly(tree, manifest) || findEntryReason(tree, manifest) !== undefined);
  const members = manifests.filter((one) => !isWorkspaceRoot(tree, one)).flatMap((one) => toRoot(tree, one));
  const own = manifests
    .filter((one) => isWorkspaceRoot(tree, one))
    .flatMap((one) => fromWorkspaceRoot(tree, one, members));
  const roots = [...members, ...own];
  const found = roots.length > 0 ? roots : findFallback(tree, manifests);
  return found.sort((a, b) => compareText(a.dir, b.dir));
}

function toRoot(tree: SourceTree, manifest: PackageJson): Root[] {
  const reason = findReason(tree, manifest);
  return reason === undefined ? [] : [createRoot(manifest, reason)];
}

function createRoot(manifest: PackageJson, reason: Reason): Root {
  const name = manifest.name?.replace(/^@[^/]*\//, '');
  return {
    dir: manifest.dir,
    ...(name !== undefined && name !== '' && { name }),
    evidence: manifest.at(reason.text, ...reason.path),
  };
}

interface Reason {
  text: string;
  path: string[];
}

/** Why a package is something that runs, or undefined for a library or a box of tools. */
function findReason(tree: SourceTree, manifest: PackageJson): Reason | undefined {
  return findSpokenReason(tree, manifest) ?? findEntryReason(tree, manifest);
}

function findSpokenReason(tree: SourceTree, manifest: PackageJson): Reason | undefined {
  for (const name of ['start', 'start:prod', 'serve'])
    if (manifest.scripts.has(name)) return { text: `a script ${name}`, path: ['scripts', name] };
  for (const file of ['Procfile', 'Dockerfile'])
    if (tree.has(joinPath(manifest.dir, file))) return { text: `a ${file} beside it`, path: [] };
  const framework = findApplicationFramework(tree, manifest);
  return framework === undefined ? undefined : { text: `uses ${framework}`, path: ['dependencies'] };
}

function findEntryReason(tree: SourceTree, manifest: PackageJson): Reason | undefined {
  const entry = findEntryFile({ tree, dir: manifest.dir }, manifest);
  if (entry === undefined) return undefined;
  if (LISTENS.test(maskComments((tree.read(entry.path) ?? '').slice(0, 200_000), 'javascript')))
    return { text: `${entry.path} runs`, path: ['main'] };
  const isLone = manifest.dir === '.' && !manifest.isImported && !manifest.hasBin;
  return isLone ? { text: `${entry.path} is its main file`, path: ['main'] } : undefined;
}

// A library lists its framework too, for development or as a peer: what is imported is not an application.
function findApplicationFramework(tree: SourceTree, manifest: PackageJson): string | undefined {
  if (manifest.isImported) return undefined;
  if (!['build', 'dev', 'develop', 'preview', 'watch', 'generate'].some((name) => manifest.scripts.has(name)))
    return undefined;
  const packages: Packages = toPackages(manifest);
  return javascriptFrameworks.find(
    (one) =>
      one.kind !== undefined &&
      one.kind !== 'cli' &&
      (findPackage(packages, one.packages ?? []) !== undefined ||
        one.files?.some((file) => tree.has(joinPath(manifest.dir, file)))),
  )?.name;
}

// The root of a workspace runs only where none of its members does, or where it has a program of its own.
function fromWorkspaceRoot(tree: SourceTree, manifest: PackageJson, members: readonly Root[]): Root[] {
  const isInside = (root: Root) => manifest.dir === '.' || root.dir.startsWith(`${manifest.dir}/`);
  const entry = findEntryFile({ tree, dir: manifest.dir }, manifest);
  const start = manifest.scripts.get('start');
  const runsItself =
    entry !== undefined && (start === undefined || start.includes(posix.basename(entry.path)));
  if (runsItself) return [createRoot(manifest, { text: `${entry.path} is its main file`, path: ['main'] })];
  if (members.some(isInside) || start === undefined) return [];
  return [createRoot(manifest, { text: 'a script start', path: ['scripts', 'start'] })];
}

/** Nothing runs by its own word: the outermost package, else a main file without a package. */
function findFallback(tree: SourceTree, manifests: readonly PackageJson[]): Root[] {
  const [outermost] = [...manifests].sort(
    (a, b) => a.dir.split('/').length - b.dir.split('/').length || compareText(a.dir, b.dir),
  );
  if (outermost)
    return [{ ...createRoot(outermost, { text: 'the outermost package', path: ['name'] }), isLast: true }];
  const broken = readPackageJson(tree, '.').notes.length > 0;
  const entry = broken ? 'package.json' : findEntryFile({ tree, dir: '.' }, undefined)?.path;
  if (entry === undefined) return [];
  return [
    {
      dir: '.',
      evidence: { file: entry, reason: broken ? 'a package.json' : 'a main file without a package.json' },
    },
  ];
}
