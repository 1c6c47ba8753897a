// Makes the root finder of a language that is described as data: folders whose manifest or main file is of something that runs.
import { posix } from 'node:path';
import { compareText } from '../../api/compare-text.ts';
import type { Root, RootFinder } from './root.ts';
import type { SourceTree } from '../source-tree.ts';
import type { Language } from '../languages/language.ts';
import { openProject } from '../languages/open-project.ts';

const NO_APPLICATION =
  /(?:^|\/)(?:tests?|specs?|__tests__|fixtures?|examples?|samples?|docs?|vendor|node_modules|deps|target|bin\/(?:Debug|Release)|obj|build|dist|_build|templates?|themes|benches|benchmarks?|tools|fastlane|ios|android|\.\w[\w-]*)(?:\/|$)/i;
const MAX_FOLDERS = 1000;

/** The root finder of one language. */
export function createLanguageRoots(language: Language): RootFinder {
  const find = (tree: SourceTree) => findRoots(language, tree);
  return { name: language.name, find };
}

function findRoots(language: Language, tree: SourceTree): Root[] {
  return findFolders(language, tree)
    .flatMap((dir) => toRoot(language, tree, dir))
    .sort((a, b) => compareText(a.dir, b.dir));
}

function findFolders(language: Language, tree: SourceTree): string[] {
  const folders = new Set<string>();
  for (const file of tree.files) {
    if (folders.size >= MAX_FOLDERS) break;
    if (NO_APPLICATION.test(posix.dirname(file))) continue;
    const home = homeOf(language, file);
    if (home !== undefined) folders.add(home);
  }
  return [...folders];
}

// The folder that a manifest describes, or that a main file is started in.
function homeOf({ manifests, mains = [] }: Language, file: string): string | undefined {
  const dir = posix.dirname(file);
  if (manifests?.test(posix.basename(file)) === true) return dir;
  const main = mains.find((name) => file === name || file.endsWith(`/${name}`));
  if (main === undefined) return undefined;
  const home = folderOf(dir, main);
  // A main file deeper down is one program among others of a folder that something else describes.
  return home.split('/').length <= 2 ? home : undefined;
}

// `public/index.php` is the main file of the folder above `public`.
function folderOf(dir: string, main: string): string {
  const inner = posix.dirname(main);
  if (inner === '.') return dir;
  return dir === inner ? '.' : dir.slice(0, -(inner.length + 1));
}

function toRoot(language: Language, tree: SourceTree, dir: string): Root[] {
  const files = dir === '.' ? tree.files : tree.files.filter((file) => file.startsWith(`${dir}/`));
  const project = openProject(language, { tree, dir, files });
  if (project?.dir !== dir) return [];
  const evidence = language.runs(project);
  return evidence ? [{ dir, evidence }] : [];
}
