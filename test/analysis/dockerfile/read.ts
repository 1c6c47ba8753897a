// Reads a Dockerfile given as text, or one of the fixtures.
import { readFileSync } from 'node:fs';
import { dockerfileAnalyser } from '../../../src/analysis/analysers/dockerfile.ts';
import type { DockerBuild } from '../../../src/analysis/dockerfile/build.ts';
import type { DockerfileOptions } from '../../../src/analysis/dockerfile/build.ts';
import { readDockerfile } from '../../../src/analysis/dockerfile/read-dockerfile.ts';
import type { Claims } from '../../../src/application/claims.ts';
import { createMemoryTree } from '../memory-tree.ts';

/** The text of a fixture: `multi-stage`. */
export function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/dockerfile/${name}.Dockerfile`, import.meta.url), 'utf8');
}

/** The build of a Dockerfile's text, at `web/Dockerfile`; `files` are other files of the tree. */
export function readText(
  text: string,
  options: Partial<DockerfileOptions> = {},
  files: Record<string, string> = {},
): DockerBuild {
  const tree = createMemoryTree({ 'web/Dockerfile': text, ...files });
  return readDockerfile(tree, { dockerfile: 'web/Dockerfile', context: 'web', ...options });
}

/** What the analyser claims of it. */
export function claimText(text: string): Claims {
  const tree = createMemoryTree({ 'web/Dockerfile': text });
  return dockerfileAnalyser.analyse({ tree, dir: 'web', files: tree.files, build: readText(text) });
}
