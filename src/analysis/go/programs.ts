// Finds Go's programs: packages named main with a main function, and the modules that they belong to.
import { posix } from 'node:path';
import { maskComments } from '../source-text.ts';
import type { SourceTree } from '../source-tree.ts';
import { goSelection } from './dialect.ts';

/** A folder that builds to one program. */
export interface GoProgram {
  dir: string;
  /** The file with the main function, and its line. */
  file: string;
  line: number;
}

const MAX_FILES = 5000;
const PACKAGE = /^\s{0,200}package\s{1,4}main\b/m;
const MAIN = /^func\s{1,4}main\(\)/m;

/** The programs of a list of files, sorted by folder. */
export function findGoPrograms(tree: SourceTree, files: readonly string[]): GoProgram[] {
  const programs = new Map<string, GoProgram>();
  for (const file of files.filter((one) => one.endsWith('.go')).slice(0, MAX_FILES)) {
    if (goSelection.isLeftOut(file) || programs.has(posix.dirname(file))) continue;
    const line = findMain(tree.read(file));
    if (line !== undefined) programs.set(posix.dirname(file), { dir: posix.dirname(file), file, line });
  }
  return [...programs.values()];
}

function findMain(original: string | undefined): number | undefined {
  if (original?.includes('func main') !== true) return undefined;
  const text = maskComments(original, 'go');
  const main = MAIN.exec(text);
  if (!main || !PACKAGE.test(text) || /^\/\/(?:go:build|\s?\+build) ignore/m.test(original)) return undefined;
  return text.slice(0, main.index).split('\n').length;
}

/** The nearest folder at or above `dir` that has a go.mod, or undefined. */
export function findModuleDir(tree: SourceTree, dir: string): string | undefined {
  for (let folder = dir; ; folder = posix.dirname(folder)) {
    if (tree.has(folder === '.' ? 'go.mod' : `${folder}/go.mod`)) return folder;
    if (folder === '.') return undefined;
  }
}
