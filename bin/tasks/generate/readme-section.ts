// Parts of the README that derive from source: what stands between two markers is replaced.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { GeneratedFile } from './generated-file.ts';

const readme = resolve(import.meta.dirname, '../../../README.md');

/** The README with `text` between `<!-- name -->` and `<!-- /name -->`; none where it has no such markers. */
export function fillReadme(name: string, text: string): GeneratedFile[] {
  const before = existsSync(readme) ? readFileSync(readme, 'utf8') : '';
  const opening = `<!-- ${name} -->`;
  const start = before.indexOf(opening);
  const end = before.indexOf(`<!-- /${name} -->`);
  if (start === -1 || end < start) return [];
  return [
    {
      path: 'README.md',
      text: `${before.slice(0, start + opening.length)}\n\n${text}\n\n${before.slice(end)}`,
    },
  ];
}
