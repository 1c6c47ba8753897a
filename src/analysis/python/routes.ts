// The literal routes that Python source serves, with the prefixes of routers, blueprints and includes.
import { posix } from 'node:path';
import { pickArgument, readString, splitArguments } from '../code/arguments.ts';
import { evidenceAt, findInCode, type CodeFile } from '../code/code-file.ts';
import { joinRoute, type Route } from '../code/probe-claims.ts';
import { findDjangoRoutes } from './django-routes.ts';

const DECORATOR = /@\s{0,2}(?<owner>[A-Za-z_][\w.]{0,60})\.(?:get|head|route|api_route|view|handler)\(/g;
const DIRECT = /(?:\bRoute|\bweb\.get|\.add_get|\.add_head|\.add_url_rule|\.add_api_route|\.add_route)\(/g;
const TORNADO = /\(\s{0,20}r?["'](?<path>\/[\w/.-]{1,80})\/?\??\$?["']\s{0,4},\s{0,20}[A-Za-z_]/g;
const COMPARED =
  /\bself\.path\s{0,4}(?:==\s{0,4}|\.startswith\(|in\s{0,4}[([])\s{0,4}["'](?<path>\/[\w/.-]{1,80})["']/g;
const ROUTER =
  /(?<name>[A-Za-z_]\w{0,60})\s{0,4}(?::\s{0,4}\w{1,40}\s{0,4})?=\s{0,4}(?:[\w.]{1,40}\.)?(?:APIRouter|Blueprint|Router|RouteTableDef|Namespace)\(/g;
const MOUNT = /\.(?:include_router|register_blueprint|mount|add_routes|blueprint)\(/g;
const IMPORT =
  /^[ \t]{0,20}from[ \t]{1,4}(?<module>[\w.]{1,120})[ \t]{1,4}import[ \t]{1,4}(?<names>\([^)]{0,400}\)|[^\n(]{1,200})/gm;

/** All literal GET routes, with what is known of their prefixes; a route whose prefix is not known is left out. */
export function findPythonRoutes(files: readonly CodeFile[]): Route[] {
  const mounts = files.flatMap(findMounts);
  return [...files.flatMap((file) => findRoutesOf(file, mounts)), ...findDjangoRoutes(files)];
}

function findRoutesOf(file: CodeFile, mounts: readonly Mount[]): Route[] {
  const routers = findRouters(file);
  const decorated = [...findInCode(file, DECORATOR)].flatMap((match) => {
    const path = pathOf(file, match.index + match[0].length - 1);
    if (path === undefined) return [];
    const prefix = prefixOf(match.groups?.['owner'] ?? '', file, routers, mounts);
    return prefix === undefined ? [] : [toRoute(file, match.index, joinRoute(prefix, path))];
  });
  const direct = [...findInCode(file, DIRECT)].flatMap((match) => {
    const path = pathOf(file, match.index + match[0].length - 1);
    return path === undefined ? [] : [toRoute(file, match.index, path)];
  });
  const isTornado = /\btornado\b/.test(file.code);
  const literal = [...(isTornado ? findInCode(file, TORNADO) : []), ...findInCode(file, COMPARED)].flatMap(
    ({ index, groups }) => (groups?.['path'] === undefined ? [] : [toRoute(file, index, groups['path'])]),
  );
  return [...decorated, ...direct, ...literal];
}

function toRoute(file: CodeFile, offset: number, path: string): Route {
  return { path, evidence: evidenceAt(file, offset, `serves ${path}`) };
}

// The first argument that is a path; methods that leave GET out make it no probe.
function pathOf(file: CodeFile, open: number): string | undefined {
  const found = splitArguments(file, open);
  const methods = pickArgument(found, ['methods'])?.text;
  if (methods !== undefined && !/get/i.test(methods)) return undefined;
  const path = readString(pickArgument(found, ['path', 'rule', 'uri', 'uri_template'], 0)?.text ?? '');
  return path?.startsWith('/') ? path : undefined;
}

// Names of routers in a file and the prefix that they are made with.
function findRouters(file: CodeFile): Map<string, string> {
  const routers = new Map<string, string>();
  // Most files have none, and the pattern begins with a name, of which every file is full.
  if (!/(?:Router|Blueprint|RouteTableDef|Namespace)\(/.test(file.text)) return routers;
  for (const match of findInCode(file, ROUTER)) {
    const found = splitArguments(file, match.index + match[0].length - 1);
    const prefix = pickArgument(found, ['prefix', 'url_prefix', 'path']);
    routers.set(match.groups?.['name'] ?? '', readString(prefix?.text ?? '""') ?? '');
  }
  return routers;
}

/** `app.include_router(health.router, prefix="/api")`: what is mounted, from which module, where. */
interface Mount {
  file: CodeFile;
  /** Module's last name, where it is known: `health`. */
  module: string | undefined;
  name: string;
  /** Undefined where it is no literal. */
  prefix: string | undefined;
}

function findMounts(file: CodeFile): Mount[] {
  const imported = findImports(file);
  return [...findInCode(file, MOUNT)].flatMap((match) => {
    const found = splitArguments(file, match.index + match[0].length - 1);
    // app.mount("/api", inner) takes the path first; the others take it by name.
    const isMount = match[0].startsWith('.mount');
    const target = pickArgument(found, ['router', 'blueprint', 'app'], isMount ? 1 : 0)?.text ?? '';
    const named = /^(?:([\w.]{1,100})\.)?(\w{1,60})$/.exec(target);
    if (named?.[2] === undefined) return [];
    const option = pickArgument(found, ['prefix', 'url_prefix', 'path'], isMount ? 0 : undefined);
    const prefix = option === undefined ? '' : readString(option.text);
    return [{ file, prefix, ...originOf(named[1]?.split('.').at(-1), named[2], imported) }];
  });
}

// `health.router` is router of the module health; a bare name is what the import says.
function originOf(
  owner: string | undefined,
  name: string,
  imported: ReadonlyMap<string, Imported>,
): { module: string | undefined; name: string } {
  const origin = imported.get(owner ?? name);
  if (owner !== undefined) return { module: origin?.name ?? owner, name };
  return { module: origin?.module, name: origin?.name ?? name };
}

interface Imported {
  module: string;
  name: string;
}

function findImports(file: CodeFile): Map<string, Imported> {
  const imported = new Map<string, Imported>();
  for (const { groups } of findInCode(file, IMPORT)) {
    const { module: path = '', names = '' } = groups ?? {};
    const module = path.slice(path.lastIndexOf('.') + 1);
    for (const part of names.replace(/[()]/g, ' ').split(',')) {
      const [name = '', , alias = name] = part.trim().split(/\s{1,20}/);
      if (name !== '') imported.set(alias, { module, name });
    }
  }
  return imported;
}

// What stands before a route of `owner`. An application object has no prefix; a router has its own and that of its mount.
function prefixOf(
  owner: string,
  file: CodeFile,
  routers: ReadonlyMap<string, string>,
  mounts: readonly Mount[],
): string | undefined {
  const name = owner.split('.').at(-1) ?? owner;
  const isRouter = routers.has(name);
  const module = posix.basename(file.path, '.py');
  const folder = posix.basename(posix.dirname(file.path));
  const matching = mounts.filter(
    (mount) =>
      mount.name === name &&
      (mount.file === file || mount.module === module || (module === '__init__' && mount.module === folder)),
  );
  const inner = routers.get(name) ?? '';
  if (matching.length === 0) return isRouter && hasUnknownPrefix(name, mounts) ? undefined : inner;
  const outer = matching[0]?.prefix;
  // Flask's register_blueprint prefix replaces the blueprint's own; FastAPI's adds to it.
  if (outer === undefined) return undefined;
  return outer !== '' && /\bBlueprint\b/.test(file.code) ? outer : joinRoute(outer, inner);
}

// A router of this name is mounted under a prefix somewhere, and we cannot tell whether it is this one.
const hasUnknownPrefix = (name: string, mounts: readonly Mount[]) =>
  mounts.some((mount) => mount.name === name && mount.prefix !== '');
