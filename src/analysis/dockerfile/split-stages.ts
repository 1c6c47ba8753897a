// Groups instructions into what stands before the first FROM and the stages that follow.
import type { Instruction } from './instruction.ts';
import { createInvalid, quote } from './invalid.ts';

/** A stage as written; `image` is not yet evaluated. */
export interface StageText {
  /** Lower case, where it has one. */
  name?: string;
  image: string;
  from: Instruction;
  instructions: Instruction[];
}

/** The ARG instructions before the first FROM, and the stages in file order (at least one). */
export interface StagedText {
  globals: Instruction[];
  stages: StageText[];
}

/** Groups instructions. Throws DockerfileInvalid: no FROM, something else before it, a FROM that is not `image [AS name]`. */
export function splitStages(instructions: readonly Instruction[], file: string): StagedText {
  const globals: Instruction[] = [];
  const stages: StageText[] = [];
  for (const instruction of instructions) {
    const stage = stages.at(-1);
    if (instruction.keyword === 'FROM') stages.push(parseFrom(instruction, file));
    else if (stage) stage.instructions.push(instruction);
    else if (instruction.keyword === 'ARG') globals.push(instruction);
    else
      throw createInvalid(
        { file, line: instruction.line },
        `expected FROM (or ARG) first, found ${instruction.keyword}`,
        'Start with FROM <image>.',
      );
  }
  if (stages.length === 0)
    throw createInvalid(
      { file, line: instructions.at(-1)?.line ?? 1 },
      'expected FROM <image>, found no FROM in the file',
      'Add FROM <image> after the ARG lines.',
    );
  return { globals, stages };
}

function parseFrom(from: Instruction, file: string): StageText {
  const place = { file, line: from.line };
  const [image, as, name, ...others] = from.rest.split(/\s+/);
  const isNamed = as?.toLowerCase() === 'as' && name !== undefined && others.length === 0;
  if (image === undefined || image === '' || (as !== undefined && !isNamed))
    throw createInvalid(
      place,
      `expected FROM <image> [AS <name>], found ${quote(`FROM ${from.rest}`)}`,
      'Write the image, then AS and a name if a later line refers to the stage.',
    );
  if (name === undefined) return { image, from, instructions: [] };
  if (!/^[a-z][a-z0-9_.-]*$/i.test(name))
    throw createInvalid(
      place,
      `expected a stage name of letters, digits, "-", "_" and ".", found ${quote(name)}`,
      'Rename the stage, here and where it is used.',
    );
  return { name: name.toLowerCase(), image, from, instructions: [] };
}
