// Finds main methods in Java and Kotlin source.
import type { Evidence } from '../../application/fact.ts';
import { evidenceAt, readCodeFile, relativeTo } from '../code/code-file.ts';
import type { SourceTree } from '../source-tree.ts';
import { javaSelection } from './dialect.ts';

const MAIN =
  /\bstatic\s{1,4}(?:final\s{1,4})?void\s{1,4}main\s{0,4}\(|^\s{0,40}(?:suspend\s{1,4})?fun\s{1,4}main\s{0,4}\(|@QuarkusMain\b/m;
/** More files than this are not searched for a main method. */
const MAX_SEARCHED = 1500;

/** The first main method among these files. */
export function findMainMethod(
  tree: SourceTree,
  files: readonly string[],
  dir: string,
): Evidence | undefined {
  let searched = 0;
  for (const path of files) {
    if (!/\.(?:java|kt)$/.test(path) || javaSelection.isLeftOut(relativeTo(path, dir))) continue;
    if (++searched > MAX_SEARCHED) return undefined;
    const main = findMain(tree, path);
    if (main) return main;
  }
  return undefined;
}

function findMain(tree: SourceTree, path: string): Evidence | undefined {
  // Most files have none, and need no masking to see it.
  if (!/main|QuarkusMain/.test(tree.read(path) ?? '')) return undefined;
  const file = readCodeFile(tree, path, 'java');
  const match = file && MAIN.exec(file.code);
  return match ? evidenceAt(file, match.index + match[0].search(/\S/), 'the program begins here') : undefined;
}
