// Reads requirements files: pip's format, with the files that they include, inside the root and bounded.
import { posix } from 'node:path';
import { joinPath, relativeTo } from '../code/code-file.ts';
import type { SourceTree } from '../source-tree.ts';
import { addRequirement, type PythonManifest } from './packages.ts';

/** A chain of includes longer than this, or more files in all, is not followed. */
const MAX_FILES = 20;
const MAX_LINES = 5000;

/** Names by authority; what is for development or tests is not the application's. */
const NAMES = [
  'requirements.txt',
  'requirements.in',
  'requirements/production.txt',
  'requirements/prod.txt',
  'requirements/base.txt',
  'requirements/requirements.txt',
  'requirements/common.txt',
  'requirements/main.txt',
  'requirements-prod.txt',
  'requirements_prod.txt',
];
const OTHERS = /^(?:requirements?[\w.-]{0,40}|requirements\/[\w.-]{1,40})\.(?:txt|in)$/;
const DEVELOPMENT = /dev|test|lint|doc|ci|local|type|build/i;

/** Adds the packages of the folder's requirements files to the manifest. */
export function readRequirements(tree: SourceTree, dir: string, manifest: PythonManifest): void {
  const named = NAMES.map((name) => joinPath(dir, name)).filter((file) => tree.has(file));
  const others = named.length > 0 ? [] : tree.files.filter((file) => isOther(file, dir));
  const seen = new Set<string>();
  for (const file of [...named, ...others.slice(0, 3)]) readFile(tree, file, manifest, seen);
}

function isOther(file: string, dir: string): boolean {
  const inside = relativeTo(file, dir);
  if (dir !== '.' && inside === file) return false;
  return OTHERS.test(inside) && !DEVELOPMENT.test(posix.basename(inside));
}

function readFile(tree: SourceTree, file: string, manifest: PythonManifest, seen: Set<string>): void {
  if (seen.has(file) || seen.size >= MAX_FILES || file.startsWith('../')) return;
  seen.add(file);
  const text = tree.read(file);
  if (text === undefined) return;
  manifest.files.push(file);
  const lines = text.split('\n', MAX_LINES);
  lines
    .map((line, index) => (isIndirect(lines, index) ? '' : line.replace(/\s#.*$|^#.*$/, '').trim()))
    .forEach((line, index) => {
      const include = /^(?:-r|--requirement)[\s=]{1,4}(\S{1,200})$/.exec(line)?.[1];
      if (include !== undefined) readFile(tree, posix.join(posix.dirname(file), include), manifest, seen);
      else readRequirement(manifest, line, { file, line: index + 1, reason: line.slice(0, 120) });
    });
}

// A compiled file says below (or beside) each package who asked for it: only what a requirements file or a project asked
// for is the application's own.
function isIndirect(lines: readonly string[], index: number): boolean {
  const askers: string[] = [];
  const own = /\s#\s{0,4}via\s{1,4}(.{1,200})$/.exec(lines[index] ?? '')?.[1];
  if (own !== undefined) askers.push(own);
  for (let next = index + 1; next < Math.min(lines.length, index + 200); next++) {
    const comment = /^\s{1,20}#\s{0,8}(?:via\b)?\s{0,8}(.{0,200})$/.exec(lines[next] ?? '')?.[1];
    if (comment === undefined) break;
    if (comment !== '') askers.push(comment);
  }
  return askers.length > 0 && askers.every((asker) => /^[\w.-]+(?:\[[\w,-]+\])?$/.test(asker.trim()));
}

function readRequirement(
  manifest: PythonManifest,
  line: string,
  evidence: { file: string; line: number; reason: string },
): void {
  const egg = /[#&]egg=([\w.-]{1,80})/.exec(line)?.[1];
  if (egg !== undefined) addRequirement(manifest, egg, evidence);
  else if (!line.startsWith('-')) addRequirement(manifest, line, evidence);
}
