// Where Java and Kotlin components begin: modules that build something that runs; libraries and parents are none.
import { posix } from 'node:path';
import type { Evidence } from '../../application/fact.ts';
import { compareText } from '../../api/compare-text.ts';
import { joinPath } from '../code/code-file.ts';
import type { JavaProject } from '../java/java-project.ts';
import { BUILD_FILES, readJavaProject } from '../java/project.ts';
import { findMainMethod } from '../java/programs.ts';
import type { SourceTree } from '../source-tree.ts';
import type { Root, RootFinder } from './root.ts';

const MAX_PROJECTS = 500;
const ARCHIVES = new Set(['war', 'ear', 'quarkus', 'liberty-assembly']);

/** Java's roots. */
export const javaRoots: RootFinder = {
  name: 'java',
  find(tree) {
    const projects = findProjects(tree);
    const dirs = projects.map(({ dir }) => dir);
    const runnable = projects.flatMap((project) => {
      const evidence = findRunnable(tree, project, dirs);
      return evidence ? [toRoot(project, evidence)] : [];
    });
    const roots = runnable.length > 0 ? runnable : findTopmost(tree, projects);
    return [...roots, ...findUnpacked(tree)].sort((a, b) => compareText(a.dir, b.dir));
  },
};

function findProjects(tree: SourceTree): JavaProject[] {
  const dirs = tree.files
    .filter((file) => BUILD_FILES.includes(posix.basename(file)))
    .map((file) => posix.dirname(file));
  return [...new Set(dirs)]
    .filter((dir) => !/(?:^|\/)(?:src|buildSrc|build-logic|target)(?:\/|$)/.test(dir))
    .slice(0, MAX_PROJECTS)
    .flatMap((dir) => readJavaProject(tree, dir) ?? []);
}

function findRunnable(tree: SourceTree, project: JavaProject, dirs: readonly string[]): Evidence | undefined {
  if (project.packaging === 'pom') return undefined;
  if (ARCHIVES.has(project.packaging))
    return { file: project.file, reason: `packaged as ${project.packaging}` };
  const own = filesOf(tree, project.dir, dirs);
  const main = findMainMethod(tree, own, project.dir);
  if (main) return main;
  const isSpring = /spring|exec|shade|jib/.test(project.runnable?.reason ?? '');
  // Spring's plugin stands in libraries too; what has no sources at all, or a plugin of its own launcher, is built to run.
  const hasSources = own.some((file) => /\.(?:java|kt|groovy|scala)$/.test(file));
  return hasSources && !isSpring ? project.runnable : undefined;
}

function filesOf(tree: SourceTree, dir: string, dirs: readonly string[]): string[] {
  const nested = dirs.filter((other) => other !== dir && (dir === '.' || other.startsWith(`${dir}/`)));
  return tree.files.filter(
    (file) =>
      (dir === '.' || file.startsWith(`${dir}/`)) && !nested.some((other) => file.startsWith(`${other}/`)),
  );
}

// A tree in which nothing is seen to run still has its outermost projects, where these hold sources of their own.
function findTopmost(tree: SourceTree, projects: readonly JavaProject[]): Root[] {
  return projects
    .filter(({ packaging, modules }) => packaging !== 'pom' && modules.length === 0)
    .filter(({ dir }) => tree.files.some((file) => file.startsWith(joinPath(dir, 'src/main/'))))
    .map((project) => toRoot(project, { file: project.file, reason: 'the only kind of project here' }));
}

function toRoot({ dir, name }: JavaProject, evidence: Evidence): Root {
  return { dir, ...(name && { name: name.value }), evidence };
}

// An unpacked archive with a main class.
function findUnpacked(tree: SourceTree): Root[] {
  return tree.files
    .filter((file) => file === 'META-INF/MANIFEST.MF' || file.endsWith('/META-INF/MANIFEST.MF'))
    .filter((file) => /^Main-Class:/m.test(tree.read(file) ?? ''))
    .filter((file) => !/(?:^|\/)(?:src|target|build)\//.test(file))
    .map((file) => ({
      dir: posix.dirname(posix.dirname(file)),
      evidence: { file, reason: 'an unpacked program archive' },
    }));
}
