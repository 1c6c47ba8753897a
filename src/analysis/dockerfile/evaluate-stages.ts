// Evaluates the stages of a Dockerfile in order and picks the one that is built.
import { defaultsOfImage } from '../images/defaults.ts';
import { applyInstruction } from './apply-instruction.ts';
import type { Evaluation } from './evaluation.ts';
import { expandWord } from './expand.ts';
import { createState, inheritState, type ImageState, type Placed } from './image-state.ts';
import { createInvalid, quote, type Place } from './invalid.ts';
import { parseArgs } from './name-values.ts';
import type { StagedText, StageText } from './split-stages.ts';

/** One stage, evaluated. */
export interface Stage {
  name?: string;
  /** What FROM names, evaluated: an image or an earlier stage. */
  from: Placed;
  /** Whether FROM names an earlier stage. */
  isFromStage: boolean;
  state: ImageState;
}

/** Every stage in file order, and the one that is built. */
export interface EvaluatedStages {
  stages: Stage[];
  final: Stage;
}

/** Evaluates all stages; `target` is a stage's name or index, by default the last is built. Throws DockerfileInvalid. */
export function evaluateStages(text: StagedText, evaluation: Evaluation, target?: string): EvaluatedStages {
  readGlobals(text, evaluation);
  const stages: Stage[] = [];
  for (const stage of text.stages) stages.push(evaluateStage(stage, stages, evaluation));
  return { stages, final: pickTarget(stages, evaluation.file, target) };
}

function readGlobals({ globals }: StagedText, evaluation: Evaluation): void {
  for (const instruction of globals) {
    const scope = createGlobalScope(evaluation, { file: evaluation.file, line: instruction.line });
    for (const { name, value } of parseArgs(instruction, evaluation.escape)) {
      const own = value === undefined ? evaluation.globals.get(name) : expandWord(value, scope);
      const settled = evaluation.buildArgs.get(name) ?? own;
      if (settled !== undefined) evaluation.globals.set(name, settled);
      evaluation.learn(name, settled);
    }
  }
}

function createGlobalScope(evaluation: Evaluation, place: Place): Parameters<typeof expandWord>[1] {
  const { escape, budget, globals } = evaluation;
  return { lookup: (name) => globals.get(name), escape, budget, place };
}

function evaluateStage(text: StageText, earlier: readonly Stage[], evaluation: Evaluation): Stage {
  const from = evaluateFrom(text, evaluation);
  const parent = findParent(from, earlier, evaluation.file);
  const state = parent ? inheritState(parent.state) : createState(from, defaultsOfImage(from.value).env);
  const triggers = parent?.state.onbuild ?? [];
  for (const instruction of [...triggers, ...text.instructions])
    applyInstruction(state, instruction, evaluation);
  return {
    ...(text.name !== undefined && { name: text.name }),
    from,
    isFromStage: parent !== undefined,
    state,
  };
}

// `FROM ${BASE}` whose argument the builder has to give stays as it is written: the base is unknown, the file is fine.
function evaluateFrom({ image, from: { line } }: StageText, evaluation: Evaluation): Placed {
  const unset = new Set<string>();
  const scope = createGlobalScope(evaluation, { file: evaluation.file, line });
  const value = expandWord(image, { ...scope, onUnset: (name) => unset.add(name) });
  return { value: unset.size > 0 || value === '' ? image : value, line };
}

function findParent({ value, line }: Placed, earlier: readonly Stage[], file: string): Stage | undefined {
  const named = earlier.findLast((stage) => stage.name === value.toLowerCase());
  if (named || !/^\d+$/.test(value)) return named;
  const numbered = earlier[Number(value)];
  if (numbered) return numbered;
  throw createInvalid(
    { file, line },
    `expected FROM to name an image or an earlier stage, found stage ${quote(value)}; ${earlier.length} stages stand before it`,
    'Name the stage with AS and refer to it by that name.',
  );
}

function pickTarget(stages: readonly Stage[], file: string, target = ''): Stage {
  const found = target === '' ? pickDefault(stages) : findTarget(stages, target.toLowerCase());
  if (found) return found;
  const names = stages.flatMap(({ name }) => name ?? []).slice(0, 20);
  throw createInvalid(
    { file, line: stages.at(-1)?.from.line ?? 1 },
    `expected a stage ${quote(target)}, found ${names.length > 0 ? names.join(', ') : 'no named stage'}`,
    'Correct the target (compose: build.target; flag: --target), or name a stage with AS.',
  );
}

function findTarget(stages: readonly Stage[], target: string): Stage | undefined {
  const named = stages.findLast((stage) => stage.name === target);
  return named ?? (/^\d+$/.test(target) ? stages[Number(target)] : undefined);
}

const SIDE_STAGE =
  /^(?:.*[-_.])?(?:tests?|testing|unit-?tests?|e2e|lint|linter|dev|devel|develop|development|debug|debugger|docs?|ci|check|checks|coverage|benchmark|devcontainer)$/;
const MAIN_STAGE =
  /^(?:.*[-_.])?(?:prod|production|prd|release|runtime|run|runner|final|app|application|deploy|server|serve|main|image)$/;

// The last stage, unless its name says that it is for tests or development and an earlier one is what runs.
function pickDefault(stages: readonly Stage[]): Stage | undefined {
  const last = stages.at(-1);
  if (last?.name === undefined || !SIDE_STAGE.test(last.name)) return last;
  const named = stages.filter(({ name }) => name !== undefined && !SIDE_STAGE.test(name));
  const starts = named.filter(({ state }) => state.command !== undefined || state.entrypoint !== undefined);
  return named.findLast(({ name }) => MAIN_STAGE.test(name ?? '')) ?? starts.at(-1) ?? last;
}
