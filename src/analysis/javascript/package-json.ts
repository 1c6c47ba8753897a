// Reads a package.json: what analysis needs of it, each with its line; a broken one is a note, not a crash.
import { posix } from 'node:path';
import type { Note } from '../../application/application.ts';
import type { Evidence } from '../../application/fact.ts';
import type { SourceTree } from '../source-tree.ts';
import { findKeyLines } from './json-lines.ts';

/** One package.json. Maps, because the names in them are foreign. */
export interface PackageJson {
  /** Its path relative to the application's root. */
  file: string;
  dir: string;
  name?: string;
  version?: string;
  description?: string;
  main?: string;
  module?: string;
  scripts: ReadonlyMap<string, string>;
  dependencies: ReadonlyMap<string, string>;
  devDependencies: ReadonlyMap<string, string>;
  peerDependencies: ReadonlyMap<string, string>;
  engines: ReadonlyMap<string, string>;
  /** `pnpm@9.5.0`. */
  packageManager?: string;
  workspaces: string[];
  hasBin: boolean;
  /** True where it is made to be imported: `exports`, `types`, `peerDependencies`. */
  isImported: boolean;
  /** Evidence at a key: `at('a start script', 'scripts', 'start')`. */
  at(reason: string, ...path: string[]): Evidence;
}

/** The package.json in a folder: parsed, or why it cannot be. Absent where there is none. */
export function readPackageJson(tree: SourceTree, dir: string): { manifest?: PackageJson; notes: Note[] } {
  const file = posix.join(dir, 'package.json');
  const text = tree.read(file);
  if (text === undefined) return { notes: [] };
  const value = parseObject(text);
  if (value instanceof Error) {
    const message = `${file} is not read: expected a JSON object, found ${value.message.slice(0, 200)}`;
    return { notes: [{ kind: 'skipped', message, evidence: [{ file, reason: 'not valid JSON' }] }] };
  }
  return { manifest: toManifest(file, dir, value, findKeyLines(text)), notes: [] };
}

function parseObject(text: string): Record<string, unknown> | Error {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : new Error(Array.isArray(value) ? 'an array' : `a ${typeof value}`);
  } catch (error) {
    return error instanceof Error ? error : new Error('something else');
  }
}

function toManifest(
  file: string,
  dir: string,
  value: Record<string, unknown>,
  lines: ReadonlyMap<string, number>,
): PackageJson {
  const texts = ['name', 'version', 'description', 'main', 'module', 'packageManager'] as const;
  const optional: { [key in (typeof texts)[number]]?: string } = {};
  for (const key of texts) {
    const text = own(value, key);
    if (typeof text === 'string' && text.trim() !== '') optional[key] = text.slice(0, 1000);
  }
  return {
    file,
    dir,
    ...optional,
    scripts: toMap(own(value, 'scripts')),
    dependencies: toMap(own(value, 'dependencies')),
    devDependencies: toMap(own(value, 'devDependencies')),
    peerDependencies: toMap(own(value, 'peerDependencies')),
    engines: toMap(own(value, 'engines')),
    workspaces: toWorkspaces(own(value, 'workspaces')),
    hasBin: typeof own(value, 'bin') === 'string' || toMap(own(value, 'bin')).size > 0,
    isImported: ['exports', 'types', 'typings', 'peerDependencies'].some((key) => Object.hasOwn(value, key)),
    at: (reason, ...path) => {
      const line = lines.get(path.join('\n'));
      return { file, ...(line !== undefined && { line }), reason };
    },
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const own = (value: Record<string, unknown>, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined;

function toMap(value: unknown): ReadonlyMap<string, string> {
  if (!isObject(value)) return new Map();
  return new Map(
    Object.entries(value)
      .slice(0, 5000)
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      .map(([key, text]) => [key, text.slice(0, 4096)]),
  );
}

function toWorkspaces(value: unknown): string[] {
  const list = isObject(value) ? own(value, 'packages') : value;
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string').slice(0, 500) : [];
}

/** Where a package is declared for running or building (`dependencies`, then `devDependencies`), as evidence. */
export function evidenceOfPackage(manifest: PackageJson, name: string): Evidence | undefined {
  for (const key of ['dependencies', 'devDependencies'] as const)
    if (manifest[key].has(name)) return manifest.at(`${key} has ${name}`, key, name);
  return undefined;
}
