// Paths that a compose file names: relative to its project's folder, and never outside of the application.
import { realpathSync } from 'node:fs';
import { isAbsolute, join, posix, relative, sep } from 'node:path';
import type { SourceTree } from '../source-tree.ts';
import { createComposeError, showText } from './compose-error.ts';
import type { Place } from './node.ts';

/**
 * A path relative to the application's root (`.` is the root).
 * @param base Folder that `path` is relative to, itself relative to the root.
 * @throws DorguError PathOutsideApplication for `..`, `~`, absolute paths and links that leave the root
 */
export function resolveInRoot(
  tree: SourceTree,
  base: string,
  path: string,
  what: string,
  place: Place,
): string {
  const normal = posix.normalize(posix.join(base, path.replaceAll('\\', '/')));
  const inside = normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
  const escapes = inside === '..' || inside.startsWith('../') || /^(?:[/~]|[A-Za-z]:)/.test(path);
  if (escapes || path.includes('\0') || leavesByLink(tree.root, inside)) {
    throw createComposeError(
      'PathOutsideApplication',
      place,
      `${what}: expected a path inside the application, found ${showText(path)}, which leaves it`,
      'Run the command on a folder that holds both, or move the file into the application.',
    );
  }
  return inside;
}

// The longest part of the path that is there decides: a link further down cannot be followed if its folder is not there.
function leavesByLink(root: string, path: string): boolean {
  let part = path;
  for (;;) {
    try {
      const inside = relative(root, realpathSync(join(root, part)));
      return inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
    } catch {
      if (part === '.' || part === '') return false;
      part = posix.dirname(part);
    }
  }
}
