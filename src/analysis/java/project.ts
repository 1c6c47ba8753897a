// Reads a Java or Kotlin project from its build file, whichever tool builds it.
import { joinPath } from '../code/code-file.ts';
import type { SourceTree } from '../source-tree.ts';
import { readGradleProject } from './gradle.ts';
import type { JavaProject } from './java-project.ts';
import { readMavenProject } from './maven.ts';

/** Build files, in the order in which they are believed. */
export const BUILD_FILES: readonly string[] = ['pom.xml', 'build.gradle', 'build.gradle.kts'];

// Discovery and analysis ask for the same project.
const READ = new WeakMap<SourceTree, Map<string, JavaProject | undefined>>();

/** Reads the build file of a folder, with what it inherits inside the tree. */
export function readJavaProject(tree: SourceTree, dir: string): JavaProject | undefined {
  const known = READ.get(tree) ?? new Map<string, JavaProject | undefined>();
  READ.set(tree, known);
  if (!known.has(dir)) known.set(dir, readBuildFile(tree, dir));
  return known.get(dir);
}

function readBuildFile(tree: SourceTree, dir: string): JavaProject | undefined {
  for (const name of BUILD_FILES) {
    const text = tree.read(joinPath(dir, name));
    if (text === undefined) continue;
    return name === 'pom.xml' ? readMavenProject(tree, dir, text) : readGradleProject(tree, dir, name, text);
  }
  return undefined;
}
