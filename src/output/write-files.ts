// Writes a plan so that either all of it is on disk or none: staged beside its place, moved in, moved back on failure.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DorguError } from '../api/errors.ts';
import { BASE_DIRECTORY, type FileStatus, type PlannedFile } from './plan-files.ts';

const STATE_DIRECTORY = '.dorgu';

/** One move of the write: a staged file to its place, or with `staged` absent the removal of what is there. */
interface Move {
  target: string;
  staged?: string;
}

/**
 * Writes what is new or changed, removes what is no longer generated, and keeps the texts as the next run's base.
 * Synchronous on purpose: an interrupt is served before or after it, never in the middle. With `force` all is written as
 * it was generated, whatever a person changed; with `keepMine` a person's side of each conflict stays. The caller has
 * stopped before where there are conflicts and neither is said.
 * @returns the paths that were written or removed, in the plan's order
 * @throws DorguError OutputFailed (failed): nothing was changed
 */
export function writeFiles(
  directory: string,
  planned: readonly PlannedFile[],
  how: Settlement = {},
): string[] {
  const touched = planned.flatMap((file) => toMove(file, how) ?? []);
  const moves = [...touched, ...planned.flatMap((file) => toBaseMove(file, how))].filter(
    ({ target, content }) => content !== undefined || existsSync(join(directory, target)),
  );
  if (moves.length === 0) return [];
  const made: string[] = [];
  const stage = join(directory, STATE_DIRECTORY, `staging-${process.pid}`);
  try {
    removeStaleStages(directory);
    moveAll(directory, stage, stageAll(directory, stage, moves, made));
  } catch (cause) {
    rmSync(stage, { recursive: true, force: true });
    removeEmpty(made);
    throw new DorguError('OutputFailed', `writing to ${directory} failed, and nothing was changed`, {
      hint: 'check that the folder is writable and the disk has room, then run it again',
      cause,
    });
  }
  rmSync(stage, { recursive: true, force: true });
  return touched.map(({ target }) => target);
}

interface Wanted {
  target: string;
  content: string | undefined;
}

/** Whose side counts where a person changed something; see {@link writeFiles}. */
interface Settlement {
  force?: boolean;
  keepMine?: boolean;
}

const WRITTEN: ReadonlySet<FileStatus> = new Set(['new', 'changed', 'merged']);

function toMove(file: PlannedFile, settlement: Settlement): Wanted | undefined {
  const { path, status, content, generated, current } = file;
  if (status === 'removed') return { target: path, content: undefined };
  const wanted = settlement.force ? generated : content;
  if (wanted === undefined || wanted === current || !isWritten(status, settlement)) return undefined;
  return { target: path, content: wanted };
}

function isWritten(status: FileStatus, { force = false, keepMine = false }: Settlement): boolean {
  return force || WRITTEN.has(status) || (keepMine && status === 'conflict');
}

// The base is what was generated: what differs from it on disk is a person's. A file nobody generates keeps the base it was edited from.
function toBaseMove(
  { path, status, generated, base }: PlannedFile,
  { force = false, keepMine = false }: Settlement,
): Wanted[] {
  if (status === 'orphaned' || (status === 'conflict' && !force && !keepMine)) return [];
  if (generated === base && generated !== undefined) return [];
  return [{ target: `${BASE_DIRECTORY}/${path}`, content: generated }];
}

function stageAll(
  directory: string,
  stage: string,
  moves: readonly { target: string; content: string | undefined }[],
  made: string[],
): Move[] {
  makeFolder(join(stage, 'new'), made);
  makeFolder(join(stage, 'old'), made);
  return moves.map(({ target, content }, at) => {
    if (content === undefined) return { target };
    makeFolder(dirname(join(directory, target)), made);
    const staged = join(stage, 'new', String(at));
    writeFileSync(staged, content, { flag: 'wx', flush: true });
    return { target, staged };
  });
}

function makeFolder(folder: string, made: string[]): void {
  const missing: string[] = [];
  for (let at = folder; !existsSync(at); at = dirname(at)) missing.push(at);
  for (const one of missing.reverse()) {
    mkdirSync(one);
    made.push(one);
  }
}

function moveAll(directory: string, stage: string, moves: readonly Move[]): void {
  const undo: (() => void)[] = [];
  try {
    for (const [at, { target, staged }] of moves.entries()) {
      const place = join(directory, target);
      const kept = join(stage, 'old', String(at));
      const existed = existsSync(place);
      if (existed) copyFileSync(place, kept);
      if (staged === undefined) rmSync(place);
      else renameSync(staged, place);
      undo.push(() => (existed ? renameSync(kept, place) : rmSync(place)));
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
  for (const { target, staged } of moves)
    if (staged === undefined)
      removeEmpty([dirname(dirname(join(directory, target))), dirname(join(directory, target))]);
}

// Folders that were made for files that did not come, innermost first; one that is in use stays.
function removeEmpty(folders: readonly string[]): void {
  for (const folder of [...folders].reverse())
    if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

// A run that was killed leaves its stage behind; nothing in it is anybody's only copy once its process is gone.
function removeStaleStages(directory: string): void {
  const state = join(directory, STATE_DIRECTORY);
  if (!existsSync(state)) return;
  for (const name of readdirSync(state)) {
    const owner = /^staging-(\d+)$/.exec(name)?.[1];
    if (owner !== undefined && !isRunning(Number(owner)))
      rmSync(join(state, name), { recursive: true, force: true });
  }
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
