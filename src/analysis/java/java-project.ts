// The shape in which Maven's and Gradle's build files are read alike.
import type { Evidence } from '../../application/fact.ts';

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
