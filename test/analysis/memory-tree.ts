// A source tree held in memory, for analysers' tests: path -> text.
import { posix } from 'node:path';
import { compareText } from '../../src/api/compare-text.ts';
import type { Scope } from '../../src/analysis/analyser.ts';
import type { SourceTree } from '../../src/analysis/source-tree.ts';

/** A tree of these files; `unlisted` ones (an ignored .env) can be read but are not listed. */
export function createMemoryTree(
  files: Readonly<Record<string, string>>,
  unlisted: Readonly<Record<string, string>> = {},
): SourceTree {
  const texts = new Map([...Object.entries(files), ...Object.entries(unlisted)]);
  return {
    root: '/memory',
    files: Object.keys(files).sort(compareText),
    skipped: [],
    has: (path) => texts.has(posix.normalize(path)),
    read: (path) => texts.get(posix.normalize(path)),
  };
}

/** A component's scope over such a tree: every listed file below `dir`. */
export function createMemoryScope(files: Readonly<Record<string, string>>, dir = '.'): Scope {
  const tree = createMemoryTree(files);
  return {
    tree,
    dir,
    files: dir === '.' ? tree.files : tree.files.filter((file) => file.startsWith(`${dir}/`)),
  };
}
