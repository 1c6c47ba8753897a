// The packages that Go source imports.
import type { Evidence } from '../../application/fact.ts';
import type { CodeFile } from '../code/code-file.ts';

const BLOCK = /^import\s{0,4}(?:\((?<many>[^)]{0,8000})\)|(?:[\w.]{1,40}\s{1,4})?"(?<one>[^"\n]{1,200})")/gm;
const PATH = /"([^"\n]{1,200})"/g;

/** Imported packages by path, each with its first import. */
export function readGoImports(files: readonly CodeFile[]): Map<string, Evidence> {
  const imports = new Map<string, Evidence>();
  for (const file of files)
    for (const block of file.text.matchAll(BLOCK))
      for (const match of block[0].matchAll(PATH)) {
        const path = match[1] ?? '';
        if (imports.has(path)) continue;
        imports.set(path, {
          file: file.path,
          line: file.lineAt(block.index + match.index),
          reason: `imports ${path}`,
        });
      }
  return imports;
}
