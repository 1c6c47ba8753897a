// Dockerfiles that generate wrote and nobody changed since: they say nothing of the application that was not read from it already.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where generate keeps what it wrote last. */
const base = '.dorgu/base';
const names = /(^|\/)(Dockerfile|\.dockerignore)$/;
const maxBytes = 64 * 1024;

/** Whether the file at `path` (relative to `root`, an absolute path) is as generate wrote it. */
export function isOwnBuildFile(root: string, path: string): boolean {
  if (!names.test(path)) return false;
  const [written, current] = [readSmall(join(root, base, path)), readSmall(join(root, path))];
  return written !== undefined && written === current;
}

function readSmall(path: string): string | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile() || stat.size > maxBytes) return undefined;
    return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}
