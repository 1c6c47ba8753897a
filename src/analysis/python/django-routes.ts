// Django's URL tables: path(), re_path() and url(), followed through include() from the root table.
import { readString, splitArguments } from '../code/arguments.ts';
import { evidenceAt, findInCode, type CodeFile } from '../code/code-file.ts';
import { joinRoute, type Route } from '../code/probe-claims.ts';

const ENTRY = /\b(?:path|re_path|url)\(/g;
const ROOT = /\bROOT_URLCONF\s{0,4}=\s{0,4}["']([\w.]{1,200})["']/;
const MAX_DEPTH = 6;

/** The literal routes of the project's URL tables; without a ROOT_URLCONF, none is proven. */
export function findDjangoRoutes(files: readonly CodeFile[]): Route[] {
  for (const file of files) {
    const root = ROOT.exec(file.text)?.[1];
    if (root !== undefined) return readTable(files, root, '', 0);
  }
  return [];
}

function readTable(files: readonly CodeFile[], module: string, prefix: string, depth: number): Route[] {
  const path = module.replaceAll('.', '/');
  const file = files.find((one) => `/${one.path}`.endsWith(`/${path}.py`));
  if (!file || depth > MAX_DEPTH) return [];
  return [...findInCode(file, ENTRY)].flatMap((match) => {
    const [pattern, view] = splitArguments(file, match.index + match[0].length - 1);
    const literal = toLiteral(readString(pattern?.text ?? ''));
    if (literal === undefined || !view) return [];
    const full = joinRoute(prefix, literal);
    const included = /^include\(\s{0,4}\(?\s{0,4}["']([\w.]{1,200})["']/.exec(view.text)?.[1];
    if (included !== undefined) return readTable(files, included, full, depth + 1);
    return [{ path: full, evidence: evidenceAt(file, match.index, `serves ${full}`) }];
  });
}

// `^healthz/$` is a literal once its anchors are gone; anything with a group or class is not.
function toLiteral(pattern: string | undefined): string | undefined {
  const bare = pattern?.replace(/^\^/, '').replace(/\$$/, '').replace(/\/\?$/, '');
  return bare !== undefined && /^[\w/.-]{0,100}$/.test(bare) ? bare : undefined;
}
