// A Java or Kotlin project as its build file describes it, whichever tool builds it.
import type { Evidence } from '../../application/fact.ts';
import { joinPath } from '../code/code-file.ts';
import type { SourceTree } from '../source-tree.ts';
import { readGradleProject } from './gradle.ts';
import { readMavenProject } from './maven.ts';

/** A text with the line that says it. */
export interface Said {
  value: string;
  evidence: Evidence;
}

/** What a build file says. */
export interface JavaProject {
  tool: 'maven' | 'gradle';
  dir: string;
  file: string;
  name?: Said;
  version?: Said;
  description?: Said;
  javaVersion?: Said;
  /** Maven's packaging, or `war` where Gradle has that plugin; default `jar`. */
  packaging: string;
  /** Subprojects' folders; a project with some is no component unless it has a program of its own. */
  modules: string[];
  /** Dependencies, plugins, parents and imported BOMs as `group:artifact` (Gradle plugins by id), tests' left out. */
  packages: Map<string, Evidence>;
  /** Version of Spring Boot, where it is said. */
  springBoot?: string;
  /** Plugin that makes a runnable program, said by this project itself. */
  runnable?: Evidence;
}

/** Build files, in the order in which they are believed. */
export const BUILD_FILES: readonly string[] = ['pom.xml', 'build.gradle', 'build.gradle.kts'];

/** Reads the build file of a folder, with what it inherits inside the tree. */
export function readJavaProject(tree: SourceTree, dir: string): JavaProject | undefined {
  for (const name of BUILD_FILES) {
    const text = tree.read(joinPath(dir, name));
    if (text === undefined) continue;
    return name === 'pom.xml' ? readMavenProject(tree, dir, text) : readGradleProject(tree, dir, name, text);
  }
  return undefined;
}
