// Recognises Hugo sites, which are Go templates without a Go program.
import { posix } from 'node:path';
import type { SourceTree } from '../source-tree.ts';

/** Names of Hugo's configuration, current and older. */
export const HUGO_FILES: readonly string[] = [
  'hugo.toml',
  'hugo.yaml',
  'hugo.json',
  'config.toml',
  'config.yaml',
  'config/_default/hugo.toml',
  'config/_default/config.toml',
];

/** Whether a file is Hugo's configuration: by its own name, or by what it sets and the folders beside it. */
export function isHugoConfig(tree: SourceTree, path: string): boolean {
  if (!tree.has(path)) return false;
  if (posix.basename(path).startsWith('hugo.')) return true;
  const dir = posix.dirname(path).replace(/(?:^|\/)config\/_default$/, '');
  const base = dir === '.' || dir === '' ? '' : `${dir}/`;
  const hasContent = tree.files.some(
    (file) =>
      /^(?:content|archetypes|themes|layouts)\//.test(file.slice(base.length)) && file.startsWith(base),
  );
  return hasContent && /^\s{0,8}["']?baseurl["']?\s{0,8}[=:]/im.test(tree.read(path) ?? '');
}
