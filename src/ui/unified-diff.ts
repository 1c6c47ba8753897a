// A difference as `diff -u` prints it.
import { formatPatch, structuredPatch } from 'diff';
import { escapeLines } from './escape.ts';
import type { Palette } from './palette.ts';

/** Ends with a line break; empty where the texts are the same. A text that is not there yet, or no longer, is undefined. */
export function formatUnifiedDiff(
  path: string,
  before: string | undefined,
  after: string | undefined,
  palette?: Palette,
): string {
  if (before === after) return '';
  const patch = structuredPatch(
    before === undefined ? '/dev/null' : `a/${path}`,
    after === undefined ? '/dev/null' : `b/${path}`,
    before ?? '',
    after ?? '',
    undefined,
    undefined,
    { context: 3 },
  );
  const lines = formatPatch(patch)
    .split('\n')
    .filter((line) => line !== '===================================================================');
  return lines.map((line) => colour(escapeLines(line), palette)).join('\n');
}

function colour(line: string, palette: Palette | undefined): string {
  if (palette === undefined) return line;
  if (line.startsWith('+++') || line.startsWith('---')) return palette.heading(line);
  if (line.startsWith('+')) return palette.added(line);
  return line.startsWith('-') ? palette.removed(line) : line;
}
