// Where components begin: what a root finder says about the folders of a tree.
import type { Evidence } from '../../application/fact.ts';
import type { SourceTree } from '../source-tree.ts';

/** A folder that holds something that runs (a library is no root). */
export interface Root {
  /** Relative to the application's root; `.` is the root itself. */
  dir: string;
  /** Folders whose files belong to the component; default `[dir]`. A Go command in cmd/api has the whole module. */
  sourceDirs?: string[];
  /** What its maker calls it (package name, module name), where the folder's name is not the name. */
  name?: string;
  evidence: Evidence;
  /** Nothing says that it runs: it counts only where nothing else in the tree is an application. */
  isLast?: boolean;
  /** The finder that found it, which is its language. */
  ecosystem?: string;
}

/** Finds the roots of one ecosystem in a tree, sorted by dir. */
export interface RootFinder {
  /** Kebab-case, as the file is named. */
  readonly name: string;
  find(tree: SourceTree): Root[];
}
