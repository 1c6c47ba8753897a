// Applies one instruction of a stage to the image's state, as the builder would.
import { expandWord, type Scope } from './expand.ts';
import type { Evaluation } from './evaluation.ts';
import type { ImageState, WrittenCommand } from './image-state.ts';
import { flagOf, parseJsonForm, type Instruction } from './instruction.ts';
import { createInvalid, quote, type Place } from './invalid.ts';
import { parseArgs, parsePairs } from './name-values.ts';
import { replaceVariables } from '../shell/variables.ts';
import { takeFlags } from './split-instructions.ts';

type Apply = (state: ImageState, instruction: Instruction, scope: Scope, evaluation: Evaluation) => void;

const APPLY = new Map<string, Apply>([
  ['ARG', applyArg],
  ['ENV', applyEnv],
  ['LABEL', applyLabel],
  ['EXPOSE', applyExpose],
  ['USER', (state, one, scope) => (state.user = { value: expandWord(one.rest, scope), line: one.line })],
  ['WORKDIR', applyWorkdir],
  ['VOLUME', applyVolume],
  [
    'STOPSIGNAL',
    (state, one, scope) => (state.stopSignal = { value: expandWord(one.rest, scope), line: one.line }),
  ],
  ['CMD', applyCommand],
  ['ENTRYPOINT', applyEntrypoint],
  ['HEALTHCHECK', (state, one) => (state.healthcheck = one)],
  ['SHELL', applyShell],
  ['COPY', applyCopy],
  ['ADD', applyCopy],
  ['RUN', applyRun],
  ['ONBUILD', applyOnbuild],
]);

/** Changes the state by one instruction. Throws DockerfileInvalid. */
export function applyInstruction(state: ImageState, instruction: Instruction, evaluation: Evaluation): void {
  const place = { file: evaluation.file, line: instruction.line };
  const apply = APPLY.get(instruction.keyword);
  if (apply) apply(state, instruction, createScope(state, evaluation, place), evaluation);
}

function createScope(state: ImageState, evaluation: Evaluation, place: Place): Scope {
  const { escape, budget } = evaluation;
  // ENV wins over ARG of the same name, wherever either stands.
  return { lookup: (name) => state.env.get(name)?.value ?? state.args.get(name), escape, budget, place };
}

function applyArg(state: ImageState, instruction: Instruction, scope: Scope, evaluation: Evaluation): void {
  for (const { name: written, value } of parseArgs(instruction, evaluation.escape)) {
    const name = expandWord(written, scope);
    const given = evaluation.buildArgs.get(name);
    const own = value === undefined ? evaluation.globals.get(name) : expandWord(value, scope);
    state.args.set(name, given ?? own);
    evaluation.learn(name, given ?? own);
  }
}

// All pairs of one ENV see the values from before it.
function applyEnv(state: ImageState, instruction: Instruction, scope: Scope, evaluation: Evaluation): void {
  const pairs = parsePairs(instruction, evaluation.escape, scope.place).map(
    ({ name, value = '' }) => [expandWord(name, scope), expandWord(value, scope)] as const,
  );
  for (const [name, value] of pairs) {
    state.env.delete(name);
    state.env.set(name, { value, line: instruction.line });
    evaluation.learn(name, value);
  }
}

function applyLabel(state: ImageState, instruction: Instruction, scope: Scope, evaluation: Evaluation): void {
  for (const { name, value = '' } of parsePairs(instruction, evaluation.escape, scope.place))
    state.labels.set(expandWord(name, scope), { value: expandWord(value, scope), line: instruction.line });
}

function applyExpose(state: ImageState, instruction: Instruction, scope: Scope): void {
  for (const word of instruction.rest.split(/\s+/))
    for (const value of expandWord(word, scope).split(/\s+/))
      if (value !== '') state.exposed.push({ value, line: instruction.line });
}

function applyWorkdir(state: ImageState, instruction: Instruction, scope: Scope): void {
  const path = expandWord(instruction.rest, scope);
  const before = state.workdir?.value ?? '/';
  const isAbsolute = path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
  const joined = isAbsolute ? path : `${before}/${path}`;
  state.workdir = { value: scope.budget.checkValue(normalize(joined), scope.place), line: instruction.line };
}

function normalize(path: string): string {
  if (!path.startsWith('/')) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function applyVolume(state: ImageState, instruction: Instruction, scope: Scope): void {
  const words = parseJsonForm(instruction.rest) ?? instruction.rest.split(/\s+/);
  for (const word of words) state.volumes.push({ value: expandWord(word, scope), line: instruction.line });
}

function readCommand(state: ImageState, instruction: Instruction): WrittenCommand {
  const words = parseJsonForm(instruction.rest);
  const { shell } = state;
  return words
    ? { words, isShellForm: false, shell, line: instruction.line }
    : { words: [instruction.rest], isShellForm: true, shell, line: instruction.line };
}

function applyCommand(state: ImageState, instruction: Instruction): void {
  state.command = readCommand(state, instruction);
  state.hasOwnCommand = true;
}

function applyEntrypoint(state: ImageState, instruction: Instruction): void {
  state.entrypoint = readCommand(state, instruction);
  if (!state.hasOwnCommand) delete state.command;
}

function applyShell(state: ImageState, instruction: Instruction, scope: Scope): void {
  const words = parseJsonForm(instruction.rest);
  if (!words || words.length === 0)
    throw createInvalid(
      scope.place,
      `expected SHELL to have the JSON form, found ${quote(instruction.rest)}`,
      'Write SHELL ["/bin/bash", "-c"].',
    );
  state.shell = words;
}

// Only RUN lines that make accounts are of interest later; their variables are the builder's ENV and ARG of now.
function applyRun(state: ImageState, instruction: Instruction, scope: Scope): void {
  const bodies = instruction.heredocs.map(({ content }) => content);
  const words = parseJsonForm(instruction.rest);
  const text = [words?.join(' ') ?? instruction.rest, ...bodies].join('\n');
  if (/user|group|passwd/.test(text))
    state.runs.push({ text: replaceVariables(text, (name) => scope.lookup(name)), line: instruction.line });
}

function applyCopy(state: ImageState, instruction: Instruction, scope: Scope, evaluation: Evaluation): void {
  // As in Docker, quotes mean nothing here: paths with spaces need the JSON form.
  const words = parseJsonForm(instruction.rest) ?? instruction.rest.split(/\s+/);
  if (words.length < 2)
    throw createInvalid(
      scope.place,
      `expected ${instruction.keyword} to have a source and a destination, found ${quote(instruction.rest)}`,
      `Write ${instruction.keyword} <source> <destination>.`,
    );
  const paths = words.map((word) => expandWord(word, scope));
  const from = flagOf(instruction, 'from');
  state.copies.push({
    ...(from !== undefined && { from: expandWord(from, scope) }),
    sources: paths.slice(0, -1).filter((path) => !/^<<|^[a-z][a-z0-9+.-]*:\/\/|^git@/i.test(path)),
    destination: paths.at(-1) ?? '',
    evidence: {
      file: evaluation.file,
      line: instruction.line,
      reason: `${instruction.keyword} into the image`,
    },
  });
}

function applyOnbuild(
  state: ImageState,
  instruction: Instruction,
  scope: Scope,
  evaluation: Evaluation,
): void {
  const [word = ''] = instruction.rest.split(/\s/, 1);
  const keyword = word.toUpperCase();
  if (!APPLY.has(keyword) || keyword === 'ONBUILD')
    throw createInvalid(
      scope.place,
      `expected an instruction that ONBUILD can defer, found ${quote(word)}`,
      'ONBUILD takes any instruction but FROM, MAINTAINER and ONBUILD.',
    );
  const { flags, rest } = takeFlags(instruction.rest.slice(word.length).trim(), evaluation.escape);
  state.onbuild.push({ keyword, flags, rest, line: instruction.line, heredocs: instruction.heredocs });
}
