// Lists an application's files: bounded, in a fixed order, without what git or common sense leaves out.
import { readdirSync, readFileSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { relativeInside } from '../application/inside.ts';
import { compareText } from '../api/compare-text.ts';
import { listIgnoreLines } from './ignore-lines.ts';

/** More files than this are not listed. */
export const MAX_FILES = 50_000;
const MAX_DEPTH = 32;
const MAX_IGNORE_BYTES = 64 * 1024;

/** Folders that never hold an application's own source. */
const VENDORED = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  'bower_components',
  '.venv',
  'venv',
  '__pycache__',
  '.tox',
  '.mypy_cache',
  '.pytest_cache',
  'site-packages',
  '.gradle',
  '.mvn',
  '.idea',
  '.vscode',
  '.next',
  '.nuxt',
  '.svelte-kit',
  '.terraform',
  '.dorgu',
  '.cache',
  '.yarn',
  '.pnpm-store',
  'Pods',
  '.dart_tool',
  '.bundle',
  '_build',
  'deps_cache',
]);

/** Files relative to the root with `/`, sorted by code unit, and what was left out and why. */
export interface Listing {
  files: string[];
  skipped: { file: string; reason: string }[];
}

interface Walk extends Listing {
  root: string;
  visited: Set<string>;
}

interface Rule {
  base: string;
  matcher: Ignore;
}

/** Lists the files below `root` (an absolute real path). Unreadable folders are reported, not fatal. */
export function listFiles(root: string): Listing {
  const walk: Walk = { root, files: [], skipped: [], visited: new Set() };
  walkFolder(walk, '', [], 0);
  walk.files.sort(compareText);
  return { files: walk.files, skipped: walk.skipped };
}

function walkFolder(walk: Walk, folder: string, outer: readonly Rule[], depth: number): void {
  const entries = readEntries(walk, folder);
  const rules = addIgnoreFile(walk, folder, entries, outer);
  for (const entry of entries) {
    if (walk.files.length >= MAX_FILES) {
      skipOnce(walk, `only the first ${MAX_FILES} files are read`);
      return;
    }
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    const type = typeOf(walk, path, entry);
    if (type === undefined || isIgnored(rules, path, type === 'folder')) continue;
    if (type === 'file') walk.files.push(path);
    else if (VENDORED.has(entry.name)) continue;
    else if (depth >= MAX_DEPTH)
      walk.skipped.push({ file: path, reason: `deeper than ${MAX_DEPTH} folders` });
    else walkFolder(walk, path, rules, depth + 1);
  }
}

function skipOnce(walk: Walk, reason: string): void {
  if (!walk.skipped.some((one) => one.reason === reason)) walk.skipped.push({ file: '.', reason });
}

function readEntries(walk: Walk, folder: string): Dirent[] {
  try {
    return readdirSync(join(walk.root, folder), { withFileTypes: true }).sort((a, b) =>
      compareText(a.name, b.name),
    );
  } catch (error) {
    walk.skipped.push({
      file: folder === '' ? '.' : folder,
      reason: error instanceof Error ? error.message : 'not readable',
    });
    return [];
  }
}

function typeOf(walk: Walk, path: string, entry: Dirent): 'file' | 'folder' | undefined {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? typeOfLink(walk, path) : undefined;
}

// A link is followed only to what lies inside the root, and a folder is entered once, so that loops end.
function typeOfLink(walk: Walk, path: string): 'file' | 'folder' | undefined {
  const inside = insideOf(walk.root, path);
  if (inside === undefined) {
    walk.skipped.push({ file: path, reason: 'a link to nothing, or to outside the application' });
    return undefined;
  }
  const stat = statSync(join(walk.root, inside));
  if (stat.isFile()) return 'file';
  const loops = walk.visited.has(inside) || `${path}/`.startsWith(`${inside}/`) || inside === '';
  if (!stat.isDirectory() || loops) return undefined;
  walk.visited.add(inside);
  return 'folder';
}

function insideOf(root: string, path: string): string | undefined {
  try {
    return relativeInside(root, realpathSync(join(root, path)));
  } catch {
    return undefined;
  }
}

function addIgnoreFile(
  walk: Walk,
  folder: string,
  entries: readonly Dirent[],
  outer: readonly Rule[],
): readonly Rule[] {
  if (!entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) return outer;
  try {
    const path = join(walk.root, folder, '.gitignore');
    if (statSync(path).size > MAX_IGNORE_BYTES) return outer;
    const lines = listIgnoreLines(readFileSync(path, 'utf8'));
    return [...outer, { base: folder, matcher: ignore().add(lines) }];
  } catch {
    return outer;
  }
}

function isIgnored(rules: readonly Rule[], path: string, isFolder: boolean): boolean {
  let ignored = false;
  for (const { base, matcher } of rules) {
    const inside = base === '' ? path : path.slice(base.length + 1);
    const { ignored: yes, unignored: no } = matcher.test(isFolder ? `${inside}/` : inside);
    if (yes) ignored = true;
    else if (no) ignored = false;
  }
  return ignored;
}
