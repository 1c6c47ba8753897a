// A build of an image: what it is asked for, and what its final stage amounts to, evaluated, in the shape that analysers read.
import type { Note } from '../../application/application.ts';
import type { ProbeFact, UserValue } from '../../application/component.ts';
import type { Evidence, Fact } from '../../application/fact.ts';

/** Which Dockerfile, how it is built. Paths are relative to the application's root. */
export interface DockerfileOptions {
  dockerfile: string;
  context: string;
  /** A stage's name or index; the last by default. */
  target?: string;
  /** Build arguments, as compose or a flag gives them. */
  args?: ReadonlyMap<string, string>;
}

/** A port of EXPOSE, evaluated; a range is one entry a port. */
export interface ExposedPort extends Fact<number> {
  protocol: 'TCP' | 'UDP' | 'SCTP';
}

/** One COPY or ADD: sources are paths (no URLs, no here-documents), evaluated. */
export interface ImageCopy {
  /** `--from`: a stage or an image; absent where the sources lie in the context. */
  from?: string;
  sources: string[];
  destination: string;
  evidence: Evidence;
}

/** The image that a Dockerfile builds, as far as its text says, with what the final stage inherits from earlier ones. */
export interface DockerBuild {
  /** Path of the Dockerfile and of the build's context, relative to the application's root. */
  dockerfile: string;
  context: string;
  target?: string;
  /** The outermost base image (after ARG substitution) of the final stage's chain, e.g. `node:24-alpine`; `scratch` included. */
  baseImage: Fact<string>;
  /** Base images of every stage in file order: an earlier one tells the language of a binary that ends on `scratch`. */
  stageImages: Fact<string>[];
  exposed: ExposedPort[];
  /** ENV of the final stage, by name; last one wins. Values that look secret are left out. */
  env: Fact<{ name: string; value: string }>[];
  /** ARG names of the final stage, without values. */
  args: string[];
  user?: Fact<UserValue>;
  /** argv; a shell form is `["/bin/sh", "-c", "…"]` unless it is a plain command line, then split. */
  entrypoint?: Fact<string[]>;
  command?: Fact<string[]>;
  /** True where entrypoint or command was written in shell form. */
  isShellForm: boolean;
  healthcheck?: ProbeFact;
  volumes: Fact<string>[];
  workdir?: Fact<string>;
  stopSignal?: Fact<string>;
  labels: Fact<{ name: string; value: string }>[];
  /** What COPY/ADD of the context bring into the final image: source paths relative to the context, with their line. */
  copied: Fact<string>[];
  /** COPY and ADD of the final stage's chain, those from other stages too: static files built by one stage end in nginx's folder. */
  copies: ImageCopy[];
  /** What COPY/ADD of any stage read from the context, so that a build's context can be told by what exists in it. */
  contextSources: Fact<string>[];
  /** Names of ENV, ARG and LABEL that carry a secret in the image; the values are nowhere in this object. */
  secretNames: Fact<string>[];
  /** What a person should know: ONBUILD, shell forms that Docker reads otherwise than they look, arguments without a value. */
  notes: Note[];
}
