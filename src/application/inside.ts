// Whether one path lies inside another, by their text alone; links have been followed before.
import { isAbsolute, relative, sep } from 'node:path';

/** `path` relative to `root`, '' for the root itself; undefined where it lies outside. Both absolute. */
export function relativeInside(root: string, path: string): string | undefined {
  const inside = relative(root, path);
  return inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside) ? undefined : inside;
}
