// A source tree of a test's own: files by path, nothing on disk.
import type { SourceTree } from '../../../src/analysis/source-tree.ts';

/** A tree that holds exactly these files. */
export function createMemoryTree(files: Readonly<Record<string, string>>): SourceTree {
  const texts = new Map(Object.entries(files));
  return {
    root: '/a-folder-that-is-not-there',
    files: [...texts.keys()].sort(),
    skipped: [],
    has: (path) => texts.has(path),
    read: (path) => texts.get(path),
  };
}
