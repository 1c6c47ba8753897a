// Workspaces of npm, yarn, pnpm, bun, lerna, turbo and nx: which folders of a tree are members of which.
import { posix } from 'node:path';
import { parse } from 'yaml';
import type { SourceTree } from '../source-tree.ts';
import type { PackageJson } from './package-json.ts';

/** Patterns of a workspace root's members (`apps/*`, `!apps/old`), empty where the folder is no workspace root. */
export function workspacePatterns(tree: SourceTree, manifest: PackageJson): string[] {
  const patterns = [
    ...manifest.workspaces,
    ...readPnpm(tree, posix.join(manifest.dir, 'pnpm-workspace.yaml')),
    ...readLerna(tree, posix.join(manifest.dir, 'lerna.json')),
  ];
  return [...new Set(patterns)];
}

/** Whether a folder orchestrates others: member patterns, or a build tool over several projects. */
export function isWorkspaceRoot(tree: SourceTree, manifest: PackageJson): boolean {
  return (
    workspacePatterns(tree, manifest).length > 0 ||
    ['turbo.json', 'nx.json', 'lerna.json', 'rush.json'].some((file) =>
      tree.has(posix.join(manifest.dir, file)),
    )
  );
}

/** Whether `dir` (relative to the workspace root) is a member by these patterns. `*` is one folder, `**` any number. */
export function isMember(patterns: readonly string[], dir: string): boolean {
  let isIn = false;
  for (const pattern of patterns) {
    const isNegative = pattern.startsWith('!');
    const clean = posix.normalize(isNegative ? pattern.slice(1) : pattern).replace(/\/$/, '');
    if (matchSegments(clean.split('/'), dir.split('/'))) isIn = !isNegative;
  }
  return isIn;
}

// Dynamic programming over segments: `a/**/b` stays quadratic however many `**` there are.
function matchSegments(pattern: readonly string[], path: readonly string[]): boolean {
  let reachable = new Set([0]);
  for (const segment of pattern.slice(0, 32)) {
    const next = new Set<number>();
    for (const at of reachable) {
      if (segment === '**') for (let to = at; to <= path.length; to++) next.add(to);
      else if (at < path.length && matchSegment(segment, path[at] ?? '')) next.add(at + 1);
    }
    reachable = next;
  }
  return reachable.has(path.length);
}

function matchSegment(pattern: string, name: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return pattern === name;
  const [first = '', ...rest] = parts;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const [index, part] of rest.entries()) {
    if (index === rest.length - 1) return name.length - part.length >= at && name.endsWith(part);
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return true;
}

function readPnpm(tree: SourceTree, file: string): string[] {
  return readList(tree, file, 'packages', (text) => parse(text, { maxAliasCount: 10 }) as unknown);
}

function readLerna(tree: SourceTree, file: string): string[] {
  return readList(tree, file, 'packages', (text) => JSON.parse(text) as unknown);
}

function readList(
  tree: SourceTree,
  file: string,
  key: string,
  parseText: (text: string) => unknown,
): string[] {
  const text = tree.read(file);
  if (text === undefined) return [];
  try {
    const value = parseText(text);
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return [];
    const list: unknown = (value as Record<string, unknown>)[key];
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string').slice(0, 500) : [];
  } catch {
    // A workspace file that cannot be parsed has no members that could be known.
    return [];
  }
}
