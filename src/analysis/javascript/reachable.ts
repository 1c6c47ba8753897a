// Which source files the program reaches from its entry by relative imports: what it listens on is there.
import { posix } from 'node:path';
import { findInCode, type CodeFile } from '../code/code-file.ts';

const IMPORT =
  /\b(?:from|require\(|import\(|import)\s{0,4}["'`]((?:\.{1,2}|@|~|src)\/[^"'`\n]{0,200}|\.{1,2})["'`]/g;
const ENDINGS = [
  '',
  '.ts',
  '.js',
  '.tsx',
  '.mjs',
  '.mts',
  '.cjs',
  '.cts',
  '.jsx',
  '/index.ts',
  '/index.js',
  '/index.mjs',
];

/** The files that `entries` reach, themselves first, breadth first; `dir` is the component's folder. */
export function reachableFiles(
  files: readonly CodeFile[],
  entries: readonly string[],
  dir: string,
): CodeFile[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const found = new Set<CodeFile>();
  for (const entry of entries) {
    const file = byPath.get(entry);
    if (file) found.add(file);
  }
  // A set may grow while it is walked: what is added is visited too.
  for (const file of found)
    for (const [, specifier = ''] of findInCode(file, IMPORT)) {
      const target = resolveImport(specifier, file.path, dir, byPath);
      if (target) found.add(target);
    }
  return [...found];
}

/** The file that a relative or `@/` import names, if it is among these. */
export function resolveImport(
  specifier: string,
  from: string,
  dir: string,
  files: ReadonlyMap<string, CodeFile>,
): CodeFile | undefined {
  for (const base of basesOf(specifier, from, dir)) {
    const stem = base.replace(/\.[cm]?jsx?$/, '');
    for (const path of [base, ...ENDINGS.map((ending) => stem + ending)]) {
      const file = files.get(path);
      if (file) return file;
    }
  }
  return undefined;
}

function basesOf(specifier: string, from: string, dir: string): string[] {
  if (specifier.startsWith('.')) return [posix.join(posix.dirname(from), specifier)];
  const rest = specifier.slice(specifier.indexOf('/') + 1);
  return [posix.join(dir, 'src', rest), posix.join(dir, rest)];
}
