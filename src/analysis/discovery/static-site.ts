// Where static sites begin: a site generator's settings, or pages without a manifest beside them.
import { posix } from 'node:path';
import { compareText } from '../../api/compare-text.ts';
import { joinPath } from '../code/code-file.ts';
import { siteGenerators } from '../frameworks/static-site.ts';
import type { SourceTree } from '../source-tree.ts';
import { foldersUpwards } from '../javascript/package-manager.ts';
import type { Root, RootFinder } from './root.ts';

const NO_SITE =
  /(?:^|\/)(?:tests?|docs?|examples?|templates?|node_modules|dist|build|target|vendor|themes|coverage|resources|assets|views|src|app|www)(?:\/|$)/i;
/** A folder with one of these is of another language, and its pages are that program's. */
const MANIFESTS = [
  'package.json',
  'pyproject.toml',
  'requirements.txt',
  'go.mod',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'composer.json',
  'Gemfile',
  'Cargo.toml',
  'mix.exs',
  'Dockerfile',
  'deno.json',
  'manage.py',
  'index.php',
];

/** Static sites' roots. */
export const staticSiteRoots: RootFinder = { name: 'static-site', find: findSites };

function findSites(tree: SourceTree): Root[] {
  const roots = [...findGenerators(tree), ...findPages(tree)];
  return roots
    .filter((root, at) => roots.findIndex((other) => other.dir === root.dir) === at)
    .sort((a, b) => compareText(a.dir, b.dir));
}

function findGenerators(tree: SourceTree): Root[] {
  return siteGenerators.flatMap((generator) =>
    tree.files.flatMap((file) => {
      if (!generator.files.includes(posix.basename(file)) || NO_SITE.test(posix.dirname(file))) return [];
      const text = tree.read(file) ?? '';
      if (generator.says && !generator.says.test(text)) return [];
      return [{ dir: posix.dirname(file), evidence: { file, reason: `settings of ${generator.name}` } }];
    }),
  );
}

// index.html at the root, in public/, or named by a Staticfile, with no program in any folder above it.
function findPages(tree: SourceTree): Root[] {
  return tree.files.flatMap((file) => {
    const name = posix.basename(file);
    const dir = posix.dirname(file);
    if ((name !== 'index.html' && name !== 'Staticfile') || NO_SITE.test(dir)) return [];
    const own = posix.basename(dir) === 'public' ? posix.dirname(dir) : dir;
    const isPrograms = foldersUpwards(own).some((folder) =>
      MANIFESTS.some((manifest) => tree.has(joinPath(folder, manifest))),
    );
    const isInner = foldersUpwards(own).some(
      (folder) => folder !== own && tree.has(joinPath(folder, 'index.html')),
    );
    if (isPrograms || isInner) return [];
    return [{ dir: own, evidence: { file, reason: name === 'Staticfile' ? 'a static site' : 'a page' } }];
  });
}
