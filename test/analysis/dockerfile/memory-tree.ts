// A source tree made of texts, for tests of what reads one.
import type { SourceTree } from '../../../src/analysis/source-tree.ts';
import { compareText } from '../../../src/application/order.ts';

/** A tree that holds these files and nothing else. */
export function createMemoryTree(texts: Record<string, string>): SourceTree {
  return {
    root: '/nowhere/at/all',
    files: Object.keys(texts).sort(compareText),
    skipped: [],
    has: (path) => Object.hasOwn(texts, path),
    read: (path) => (Object.hasOwn(texts, path) ? texts[path] : undefined),
  };
}
