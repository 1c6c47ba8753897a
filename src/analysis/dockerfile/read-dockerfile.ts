// Reads a Dockerfile to what its final stage amounts to: split, evaluate, and describe with the line behind each fact.
import { DorguError } from '../../api/errors.ts';
import type { SourceTree } from '../source-tree.ts';
import { describeImage } from './describe-image.ts';
import type { DockerBuild, DockerfileOptions } from './build.ts';
import { Evaluation } from './evaluation.ts';
import { evaluateStages } from './evaluate-stages.ts';
import { createInvalid } from './invalid.ts';
import { splitInstructions } from './split-instructions.ts';
import { splitStages } from './split-stages.ts';

/**
 * Reads and evaluates a Dockerfile as its builder would, without running anything.
 * @throws DorguError DockerfileInvalid (what is wrong and where), DockerfileMissing (absent, larger than 1 MiB, binary)
 */
export function readDockerfile(tree: SourceTree, options: DockerfileOptions): DockerBuild {
  const { dockerfile, target, args = new Map<string, string>() } = options;
  const text = tree.read(dockerfile);
  if (text === undefined) throw createMissing(tree, dockerfile);
  if (text.includes('\0'))
    throw createInvalid({ file: dockerfile, line: 1 }, 'expected text, found NUL bytes', 'Save it as UTF-8.');
  const { instructions, escape } = splitInstructions(text, dockerfile);
  const evaluation = new Evaluation(dockerfile, escape, args, target);
  const stages = evaluateStages(splitStages(instructions, dockerfile), evaluation, target);
  return describeImage(tree, options, evaluation, stages);
}

function createMissing(tree: SourceTree, dockerfile: string): DorguError {
  const found = tree.has(dockerfile) ? 'one larger than 1 MiB, or binary' : 'none';
  return new DorguError(
    'DockerfileMissing',
    `expected a Dockerfile at ${dockerfile}, found ${found} inside the application's folder`,
    { hint: 'Correct the path (compose: build.dockerfile), or add the file.' },
  );
}
