// How the place of a finding is written: in a terminal, and as a file that CI can find in the repository.
import type { FilePlace } from '../check-report.ts';

/** The file's name for people, `stdin` for what has no name, and the template of a chart where one is known. */
export function nameFile({ file, origin }: Pick<FilePlace, 'file' | 'origin'>): string {
  const name = file === '-' ? 'stdin' : file;
  return origin === undefined ? name : `${name} (${origin})`;
}

/** A file for annotations. stdin is none; the template it was made from is, but its lines are not those of the output. */
export function findSource({ file, origin, line, column }: FilePlace): {
  path: string | undefined;
  region: { line: number; column: number } | undefined;
} {
  if (file === '-' && origin !== undefined) return { path: origin, region: undefined };
  return { path: file === '-' ? undefined : file, region: { line, column } };
}
