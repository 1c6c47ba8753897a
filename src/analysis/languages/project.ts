// One project of a language, and questions that every language asks of its files.
import type { Evidence } from '../../application/fact.ts';
import type { CodeFile } from '../code/code-file.ts';
import type { Packages } from '../code/recognise.ts';
import { lineAt, type SourceTree } from '../source-tree.ts';

/** A file with its text. */
export interface ReadFile {
  readonly file: string;
  readonly text: string;
}

/** A folder as a project of one language. */
export interface Project {
  readonly tree: SourceTree;
  readonly dir: string;
  /** The listed files below the folder. */
  readonly files: readonly string[];
  /** The manifest, or undefined where only source files are there. */
  readonly manifest?: ReadFile;
  /** The manifest, or the main file that stands for it. */
  readonly sign: Evidence;
  readonly packages: Packages;
  /** The source files, read when first asked for. */
  readonly code: readonly CodeFile[];
  /** The text of a file below the folder. */
  read(path: string): ReadFile | undefined;
  has(path: string): boolean;
}

/** Where a pattern is found in a file, as evidence with its first group. */
export function findLine(
  source: ReadFile | undefined,
  pattern: RegExp,
  reason: string,
): { value: string; evidence: Evidence } | undefined {
  const match = source && pattern.exec(source.text);
  if (!source || !match) return undefined;
  // The pattern may begin with the line break before what it is about.
  const offset = match.index + match[0].search(/\S/);
  return {
    value: match[1] ?? '',
    evidence: { file: source.file, line: lineAt(source.text, offset), reason },
  };
}

/** Every package of one pattern: global, group 1 is the name. */
export function namesOf(text: string, ...patterns: readonly RegExp[]): { name: string; offset: number }[] {
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)]
      .slice(0, 1000)
      .flatMap((match) => (match[1] === undefined ? [] : [{ name: match[1], offset: match.index }])),
  );
}

/** The listed file of the project that a pattern (of its path below the folder) names first. */
export function findFile(
  { files, dir }: Pick<Project, 'files' | 'dir'>,
  pattern: RegExp,
): string | undefined {
  return files.find((file) => pattern.test(dir === '.' ? file : file.slice(dir.length + 1)));
}
