// How the place of a finding is written: in a terminal, and as a file that CI can find in the repository.
import type { FilePlace } from '../check-report.ts';

/** The file's name for people: a template of a chart where one is known, `stdin` for what has no name. */
export function nameFile({ file, origin }: Pick<FilePlace, 'file' | 'origin'>): string {
  const name = file === '-' ? 'stdin' : file;
  return origin === undefined ? name : `${origin} (${name})`;
}

/** A file of the repository for annotations. Lines of the output of `helm template` are not those of the template: left out. */
export function findSource({ file, origin, line, column }: FilePlace): {
  path: string | undefined;
  region: { line: number; column: number } | undefined;
} {
  if (origin !== undefined) return { path: origin, region: undefined };
  return { path: file === '-' ? undefined : file, region: { line, column } };
}
