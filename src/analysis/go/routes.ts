// The literal routes that Go source serves, with the prefixes of groups where these are known.
import { findClosing, readString, splitArguments } from '../code/arguments.ts';
import { evidenceAt, findInCode, type CodeFile } from '../code/code-file.ts';
import { joinRoute, type Route } from '../code/probe-claims.ts';

const ROUTE =
  /(?<owner>[A-Za-z_][\w.]{0,60}?)(?:\.Methods\([^)\n]{0,80}\))?\.(?:GET|Get|HEAD|Head|Any|All|Handle|HandleFunc|HandlerFunc|Path|Router|Method|Match|Route)\(/g;
const GROUP =
  /(?<name>[A-Za-z_]\w{0,60})\s{0,4}:?=\s{0,4}(?<owner>[A-Za-z_][\w.]{0,60}?)\.(?:Group|PathPrefix|Party)\(/g;
const NESTED = /(?<owner>[A-Za-z_][\w.]{0,60}?)\.(?:Route|Group|Mount)\(/g;
/** Routers handed to a function: their prefix is only known to the caller. */
const HANDED =
  /(?:(?<!\bfunc)\(|,)\s{0,8}(?<name>\w{1,40})\s{1,4}(?:\*?(?:gin\.RouterGroup|gin\.IRouter|gin\.IRoutes|echo\.Group|fiber\.Router|iris\.Party)|chi\.Router)\b/g;
const COMPARED = /\br(?:eq)?\.URL\.Path\s{0,4}==\s{0,4}"(?<path>\/[\w/.-]{1,80})"/g;
const SWITCHED = /\bcase\s{1,4}"(?<path>\/[\w/.-]{1,80})"\s{0,4}:/g;

/** All literal GET routes whose prefix is known. */
export function findGoRoutes(files: readonly CodeFile[]): Route[] {
  return files.flatMap(findRoutesOf);
}

/** More nested groups in one file than this are not looked into. */
const MAX_NESTS = 200;

interface Nest {
  from: number;
  to: number;
  prefix: string;
}

function findRoutesOf(file: CodeFile): Route[] {
  const groups = findGroups(file);
  const nests = findNests(file);
  const called = [...findInCode(file, ROUTE)].flatMap((match) => {
    const found = splitArguments(file, match.index + match[0].length - 1);
    const path = pathOf(found.slice(0, 2).map(({ text }) => text));
    if (path === undefined) return [];
    const owner = match.groups?.['owner'] ?? '';
    const prefix = groups.get(lastName(owner));
    if (prefix === null) return [];
    const outer = nests
      .filter(({ from, to }) => match.index > from && match.index < to)
      .map((nest) => nest.prefix);
    return [toRoute(file, match.index, joinRoute(...outer, prefix ?? '', path))];
  });
  const isHandler = /\bServeHTTP\(|\bURL\.Path\b|\bctx\.Path\(\)/.test(file.code);
  const compared = [...findInCode(file, COMPARED), ...(isHandler ? findInCode(file, SWITCHED) : [])].flatMap(
    ({ index, groups: named }) =>
      named?.['path'] === undefined ? [] : [toRoute(file, index, named['path'])],
  );
  return [...called, ...compared];
}

function toRoute(file: CodeFile, offset: number, path: string): Route {
  return { path, evidence: evidenceAt(file, offset, `serves ${path}`) };
}

// The first string that is a path: `"/healthz"`, `"GET /healthz"`, `http.MethodGet, "/healthz"`; other methods are no probes.
function pathOf(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const literal = readString(text);
    if (literal === undefined) {
      if (/\bMethod(?:Post|Put|Delete|Patch)\b/.test(text)) return undefined;
      continue;
    }
    const match = /^(?:(?<method>[A-Z]{3,8}) {1,4})?(?<path>\/\S{0,100})$/.exec(literal);
    if (match?.groups?.['method'] !== undefined && !/^(?:GET|HEAD)$/.test(match.groups['method']))
      return undefined;
    if (match) return match.groups?.['path'];
  }
  return undefined;
}

// Prefix by variable; null where only the caller knows it.
function findGroups(file: CodeFile): Map<string, string | null> {
  const groups = new Map<string, string | null>();
  for (const { groups: named } of findInCode(file, HANDED)) groups.set(named?.['name'] ?? '', null);
  for (const match of findInCode(file, GROUP)) {
    const { name = '', owner = '' } = match.groups ?? {};
    const [path] = splitArguments(file, match.index + match[0].length - 1);
    groups.set(name, joinGroup(groups.get(lastName(owner)), readString(path?.text ?? '')));
  }
  return groups;
}

const lastName = (owner: string) => owner.slice(owner.lastIndexOf('.') + 1);

function joinGroup(outer: string | null | undefined, own: string | undefined): string | null {
  return outer === null || own === undefined ? null : joinRoute(outer ?? '', own);
}

// chi: r.Route("/api", func(r chi.Router) { … }) covers everything inside.
function findNests(file: CodeFile): Nest[] {
  return [...findInCode(file, NESTED)].slice(0, MAX_NESTS).flatMap((match) => {
    const open = match.index + match[0].length - 1;
    const [path, body] = splitArguments(file, open);
    const prefix = readString(path?.text ?? '');
    if (prefix === undefined || !body?.text.startsWith('func')) return [];
    const to = findClosing(file, open);
    return to === -1 ? [] : [{ from: open, to, prefix }];
  });
}
