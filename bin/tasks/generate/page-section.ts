// Parts of a page written by hand that derive from source: what stands between two markers is replaced.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { GeneratedFile } from './generated-file.ts';

const root = resolve(import.meta.dirname, '../../..');

/** The page (a path from the root) with `text` between `<!-- name -->` and `<!-- /name -->`; none where it has no such markers. */
export function fillSection(path: string, name: string, text: string): GeneratedFile[] {
  const file = resolve(root, path);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const opening = `<!-- ${name} -->`;
  const start = before.indexOf(opening);
  const end = before.indexOf(`<!-- /${name} -->`);
  if (start === -1 || end < start) return [];
  return [{ path, text: `${before.slice(0, start + opening.length)}\n\n${text}\n\n${before.slice(end)}` }];
}
