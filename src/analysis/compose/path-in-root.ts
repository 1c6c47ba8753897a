// Paths that a compose file names: relative to its project's folder, and never outside of the application.
import { realpathSync } from 'node:fs';
import { join, posix } from 'node:path';
import { relativeInside } from '../../application/inside.ts';
import { toCommandLine } from '../shell/script.ts';
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
  const isAbsolute = /^(?:[/~]|[A-Za-z]:)/.test(path);
  const climbs = inside === '..' || inside.startsWith('../');
  if (isAbsolute || climbs || path.includes('\0') || leavesByLink(tree.root, inside)) {
    throw createComposeError(
      'PathOutsideApplication',
      place,
      `${what}: expected a path inside the application, found ${showText(path)}, which leaves it`,
      climbs && !isAbsolute
        ? adviseParent(tree.root, inside, place)
        : 'Move what it names into the application, and write its path relative to the compose file.',
    );
  }
  return inside;
}

// The folder that holds both is the application: its compose file is then named, as it does not lie at the top.
function adviseParent(root: string, path: string, { file }: Place): string {
  const parent = posix.join(root, /^(?:\.\.(?:\/|$))+/.exec(path)?.[0] ?? '..').replace(/(?<=.)\/$/, '');
  const composeFile = posix.join(posix.relative(parent, root), file);
  const command = toCommandLine(['kubectl', 'dorgu', 'generate', parent, '--compose-file', composeFile]);
  return `Generate for the folder that holds both: ${command.replace(/[\p{Cc}\p{Cf}]/gu, '?')}`;
}

// The longest part of the path that is there decides: a link further down cannot be followed if its folder is not there.
function leavesByLink(root: string, path: string): boolean {
  let part = path;
  for (;;) {
    try {
      return relativeInside(root, realpathSync(join(root, part))) === undefined;
    } catch {
      if (part === '.' || part === '') return false;
      part = posix.dirname(part);
    }
  }
}
