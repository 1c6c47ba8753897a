// The packages that Python source imports, for components whose manifest names none.
import type { Evidence } from '../../application/fact.ts';
import { evidenceAt, findInCode, type CodeFile } from '../code/code-file.ts';
import { normalisePackage } from './packages.ts';

const IMPORT = /^[ \t]{0,20}(?:from|import)[ \t]{1,4}(?<module>[A-Za-z_]\w{0,60})/gm;

/** Module names whose package is called otherwise. */
const PACKAGES = new Map([
  ['fasthtml', 'python-fasthtml'],
  ['psycopg2', 'psycopg2'],
  ['MySQLdb', 'mysqlclient'],
  ['starlite', 'starlite'],
]);

/** Imported top-level packages, normalised, each with its first import. Names of the component's own modules are among them. */
export function readImports(files: readonly CodeFile[]): Map<string, Evidence> {
  const imported = new Map<string, Evidence>();
  for (const file of files)
    for (const { index, groups } of findInCode(file, IMPORT)) {
      const module = groups?.['module'] ?? '';
      const name = PACKAGES.get(module) ?? normalisePackage(module);
      if (!imported.has(name)) imported.set(name, evidenceAt(file, index, `imports ${module}`));
    }
  return imported;
}
