// Source files of one component, ready for patterns: comments blanked, offsets turned into lines, bounded in number and size.
import type { Evidence } from '../../application/fact.ts';
import type { Scope } from '../analyser.ts';
import { maskSource, type Syntax } from '../source-text.ts';
import type { SourceTree } from '../source-tree.ts';

/** More source files than this, or more characters in all, are not looked into. */
const MAX_CODE_FILES = 2000;
const MAX_CODE_CHARACTERS = 16 * 1024 * 1024;
/** More matches of one pattern in one file than this say nothing new. */
const MAX_MATCHES = 1000;

/** One source file. All offsets count characters of the original text. */
export interface CodeFile {
  readonly path: string;
  /** The text with comments blanked; strings are kept. */
  readonly text: string;
  /** The text with comments and the contents of strings blanked. */
  readonly code: string;
  /** The line, from 1, of an offset. */
  lineAt(offset: number): number;
}

/** Which files of a scope are the language's own, and which of them are tests. */
export interface CodeSelection {
  readonly syntax: Syntax;
  /** Name endings with their dot: `.py`. */
  readonly extensions: readonly string[];
  /** True for tests, generated code and the like, by path. */
  isLeftOut(path: string): boolean;
}

/** Makes a code file of a text. */
export function createCodeFile(path: string, original: string, syntax: Syntax): CodeFile {
  let starts: number[] | undefined;
  const { text, readCode: readMasked } = maskSource(original, syntax);
  let code: string | undefined;
  return {
    path,
    text,
    get code() {
      return (code ??= readMasked());
    },
    lineAt: (offset) => countStarts((starts ??= findLineStarts(original)), offset),
  };
}

const READ = new WeakMap<SourceTree, Map<string, CodeFile>>();

/** A file of a tree as source; discovery and analysers share one reading of it. Undefined where it cannot be read. */
export function readCodeFile(tree: SourceTree, path: string, syntax: Syntax): CodeFile | undefined {
  const known = READ.get(tree) ?? new Map<string, CodeFile>();
  READ.set(tree, known);
  const key = `${syntax}:${path}`;
  const before = known.get(key);
  if (before) return before;
  const text = tree.read(path);
  if (text === undefined) return undefined;
  const file = createCodeFile(path, text, syntax);
  known.set(key, file);
  return file;
}

/** Reads the selected source files of a scope, in the scope's order. */
export function readCode(scope: Scope, selection: CodeSelection): CodeFile[] {
  const files: CodeFile[] = [];
  let characters = 0;
  for (const path of scope.files) {
    if (!selection.extensions.some((extension) => path.endsWith(extension))) continue;
    if (selection.isLeftOut(relativeTo(path, scope.dir))) continue;
    const file = readCodeFile(scope.tree, path, selection.syntax);
    if (file === undefined) continue;
    characters += file.text.length;
    if (files.length >= MAX_CODE_FILES || characters > MAX_CODE_CHARACTERS) break;
    files.push(file);
  }
  return files;
}

/** A path as seen from a folder; `.` is the root. Paths outside the folder are returned whole. */
export function relativeTo(path: string, dir: string): string {
  return dir !== '.' && path.startsWith(`${dir}/`) ? path.slice(dir.length + 1) : path;
}

/** A path inside a folder; `.` is the root. */
export function joinPath(dir: string, path: string): string {
  return dir === '.' ? path : `${dir}/${path}`;
}

/** Matches of a global pattern that begin in code, not inside a string or comment. */
export function* findInCode(file: CodeFile, pattern: RegExp): Generator<RegExpExecArray> {
  let count = 0;
  for (const match of file.text.matchAll(pattern)) {
    if (++count > MAX_MATCHES) return;
    if (file.code[match.index] === file.text[match.index]) yield match;
  }
}

/** Evidence at an offset of a file. */
export function evidenceAt(file: CodeFile, offset: number, reason: string): Evidence {
  return { file: file.path, line: file.lineAt(offset), reason };
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

// How many line starts lie at or before the offset: the line, counted from 1.
function countStarts(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
