// Which of the listed files belong to which component: its folders, less nested components, less what .dockerignore keeps out.
import ignore from 'ignore';
import { listIgnoreLines } from './ignore-lines.ts';
import type { Candidate } from './discovery/discover.ts';
import type { SourceTree } from './source-tree.ts';

/** Returns the function that lists a candidate's files, sorted. */
export function createFileFilter(
  tree: SourceTree,
  candidates: readonly Candidate[],
): (candidate: Candidate) => string[] {
  return (candidate) => {
    const nested = candidates
      .map((other) => other.dir)
      .filter(
        (dir) =>
          dir !== candidate.dir && candidate.sourceDirs.every((own) => isBelow(dir, own) && dir !== own),
      );
    const isKept = createDockerignore(tree, candidate.dockerfile?.context);
    return tree.files.filter(
      (file) =>
        candidate.sourceDirs.some((dir) => isBelow(file, dir)) &&
        (!nested.some((dir) => isBelow(file, dir)) || isBelow(file, candidate.dir)) &&
        isKept(file),
    );
  };
}

const isBelow = (path: string, folder: string) =>
  folder === '.' || path === folder || path.startsWith(`${folder}/`);

// A .dockerignore that starts from nothing (`*`, then `!target/app.jar`) says that the image is built elsewhere; the
// sources are still the application's.
function createDockerignore(tree: SourceTree, context: string | undefined): (file: string) => boolean {
  if (context === undefined) return () => true;
  const text = tree.read(context === '.' ? '.dockerignore' : `${context}/.dockerignore`);
  if (text === undefined) return () => true;
  const lines = listIgnoreLines(text).map((line) => line.trim());
  if (lines.some((line) => line === '*' || line === '**' || line === '**/*')) return () => true;
  // Unlike .gitignore, a pattern is anchored at the context's root.
  const matcher = ignore().add(
    lines.map((line) => line.replace(/^(!?)\/?(?=[^#!/])/, '$1/')).filter(Boolean),
  );
  return (file) => {
    if (!isBelow(file, context)) return true;
    const inside = context === '.' ? file : file.slice(context.length + 1);
    return !matcher.ignores(inside);
  };
}
