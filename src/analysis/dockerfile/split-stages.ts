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

/** No registry takes longer references. */
const MAX_IMAGE = 1024;
const MAX_STAGES = 500;

/** Groups instructions. Throws DockerfileInvalid: no FROM, something else before it, a FROM that is not `image [AS name]`. */
export function splitStages(instructions: readonly Instruction[], file: string): StagedText {
  const first = instructions.findIndex(({ keyword }) => keyword === 'FROM');
  const globals = instructions.slice(0, first === -1 ? instructions.length : first);
  checkGlobals(globals, file);
  if (first === -1)
    throw createInvalid(
      { file, line: instructions.at(-1)?.line ?? 1 },
      'expected FROM <image>, found no FROM in the file',
      'Add FROM <image> after the ARG lines.',
    );
  const stages: StageText[] = [];
  for (const instruction of instructions.slice(first)) {
    if (instruction.keyword === 'FROM') stages.push(parseFrom(instruction, file));
    else stages.at(-1)?.instructions.push(instruction);
  }
  checkCount(stages, file);
  return { globals, stages };
}

function checkGlobals(globals: readonly Instruction[], file: string): void {
  const wrong = globals.find(({ keyword }) => keyword !== 'ARG');
  if (wrong)
    throw createInvalid(
      { file, line: wrong.line },
      `expected FROM (or ARG) first, found ${wrong.keyword}`,
      'Start with FROM <image>.',
    );
}

function checkCount(stages: readonly StageText[], file: string): void {
  if (stages.length > MAX_STAGES)
    throw createInvalid(
      { file, line: stages.at(-1)?.from.line ?? 1 },
      `expected at most ${MAX_STAGES} stages, found ${stages.length}`,
      'Split the file: stages that nothing is copied from can go.',
    );
}

function parseFrom(from: Instruction, file: string): StageText {
  const [image = '', as, name, ...others] = from.rest.split(/\s+/);
  const isNamed = as?.toLowerCase() === 'as' && name !== undefined && others.length === 0;
  if (image === '' || image.length > MAX_IMAGE || (as !== undefined && !isNamed))
    throw createInvalid(
      { file, line: from.line },
      `expected FROM <image> [AS <name>], found ${quote(`FROM ${from.rest}`)}`,
      'Write the image, then AS and a name if a later line refers to the stage.',
    );
  return { ...(name !== undefined && { name: parseName(name, from, file) }), image, from, instructions: [] };
}

function parseName(name: string, { line }: Instruction, file: string): string {
  if (/^[a-z][a-z0-9_.-]*$/i.test(name)) return name.toLowerCase();
  throw createInvalid(
    { file, line },
    `expected a stage name of letters, digits, "-", "_" and ".", found ${quote(name)}`,
    'Rename the stage, here and where it is used.',
  );
}
