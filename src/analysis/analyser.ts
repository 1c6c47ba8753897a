// What an analyser is: a pure reading of one component's files into claims.
import type { Claims } from '../application/claims.ts';
import type { DockerBuild } from './dockerfile/build.ts';
import type { ComposeService } from './compose/service.ts';
import type { SourceTree } from './source-tree.ts';

/** One component's share of the tree. Paths are relative to the application's root, with `/`; `dir` is `.` for the root. */
export interface Scope {
  readonly tree: SourceTree;
  /** The component's folder. */
  readonly dir: string;
  /** The listed files that belong to this component: below `dir`, and not below a nested component's folder; sorted. */
  readonly files: readonly string[];
  /** The Dockerfile that builds it, already parsed and evaluated to its final stage, if there is one. */
  readonly build?: DockerBuild;
  /** The compose service that runs it, normalised, if there is one. */
  readonly service?: ComposeService;
}

/** Reads a scope and says what it found. Returns `{}` where the component is none of its business. Never throws on foreign bytes. */
export interface Analyser {
  /** Kebab-case, as the file is named. */
  readonly name: string;
  analyse(scope: Scope): Claims;
}
