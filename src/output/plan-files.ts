// Holds what was generated against what is on disk and what was generated last time: what is new, changed, or a person's.
import { lstatSync, readFileSync, readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { DorguError } from '../api/errors.ts';
import { relativeInside } from '../application/inside.ts';
import { compareText } from '../api/compare-text.ts';

/** Where the files of the last run are kept, relative to the application: the base of a three-way merge. */
export const BASE_DIRECTORY = '.dorgu/base';
/** A file on disk larger than this is not ours. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * `new` is not on disk; `changed` is on disk as we wrote it and comes out differently now; `unchanged` is as it should
 * be. Of what a person changed: `kept` has nothing new; `merged` gets what is new beside the person's edits; `conflict`
 * was changed by both in the same place, or made by a person without us; `deleted` stays away. What is no longer
 * generated is `removed`, or `orphaned` where a person changed it: it stays.
 */
export type FileStatus =
  'new' | 'changed' | 'unchanged' | 'kept' | 'merged' | 'conflict' | 'deleted' | 'removed' | 'orphaned';

/** A place that a person and the generator both changed; see src/document/merge. */
export interface FileConflict {
  at: string;
  base: string | undefined;
  mine: string | undefined;
  generated: string | undefined;
}

/** Joins a person's edits with what is generated now; with conflicts the text holds the person's in their places. */
export type Merge = (
  path: string,
  sides: { base: string; mine: string; generated: string },
) => { text: string; conflicts: FileConflict[] };

/** One path with what would be written, what is there, and what was written last. Texts are UTF-8. */
export interface PlannedFile {
  /** Relative to the application's folder, `/` separators. */
  path: string;
  status: FileStatus;
  /** What is to be there; absent for `deleted`, `removed` and `orphaned`. Of a conflict: with the person's side of it. */
  content?: string;
  /** What the generator makes of it, and the base of the next run; absent for `removed` and `orphaned`. */
  generated?: string;
  /** Of a `conflict`: its places; none where a person made the file. */
  conflicts?: FileConflict[];
  /** What is there; absent for `new` and `deleted`. */
  current?: string;
  /** What the last run wrote; absent where there was none. */
  base?: string;
}

/** What a plan is made from. */
export interface PlanInput {
  /** The application's absolute folder. */
  directory: string;
  files: readonly { path: string; content: string }[];
  /** The base with what other machines have written into the file since (pinned digests): that is no person's edit. */
  adopt?: (base: string, current: string) => string;
  /** Without it, whatever a person changed is a conflict. */
  merge?: Merge;
  /** Paths that a person deleted and that stay away; see {@link listDeleted}. */
  deleted?: ReadonlySet<string>;
}

/**
 * Compares without writing. Sorted by path.
 * @throws DorguError OutputOutside, OutputNotFile (invalid) where a path cannot be written inside the application.
 */
export function planFiles(input: PlanInput): PlannedFile[] {
  const { files, adopt = (base: string) => base } = input;
  const root = realpathSync(input.directory);
  const planned = files.map(({ path, content }): PlannedFile => {
    const current = readCurrent(root, path);
    const base = readCurrent(root, `${BASE_DIRECTORY}/${path}`);
    return {
      path,
      generated: content,
      ...(current !== undefined && { current }),
      ...(base !== undefined && { base }),
      ...decide({ path, content, current, base: adoptInto(adopt, base, current) }, input),
    };
  });
  const generated = new Set(files.map(({ path }) => path));
  const gone = listBase(root)
    .filter((path) => !generated.has(path))
    .flatMap((path): PlannedFile[] => {
      const current = readCurrent(root, path);
      const base = readCurrent(root, `${BASE_DIRECTORY}/${path}`);
      if (current === undefined || base === undefined) return [];
      const isOurs = clean(current) === clean(adopt(base, current));
      return [{ path, status: isOurs ? 'removed' : 'orphaned', current, base }];
    });
  return [...planned, ...gone].sort((a, b) => compareText(a.path, b.path));
}

function adoptInto(
  adopt: NonNullable<PlanInput['adopt']>,
  base: string | undefined,
  current: string | undefined,
): string | undefined {
  return base === undefined || current === undefined ? base : adopt(base, current);
}

type Known = Record<'path' | 'content', string> & Record<'current' | 'base', string | undefined>;

/** What is to become of a file, and with which text. */
function decide(known: Known, { merge, deleted }: PlanInput): Outcome {
  const { path, content, current, base } = known;
  if (current === undefined) return deleted?.has(path) ? { status: 'deleted' } : { status: 'new', content };
  if (clean(current) === clean(content)) return { status: 'unchanged', content };
  if (base === undefined) return { status: 'conflict', content, conflicts: [] };
  if (clean(current) === clean(base)) return { status: 'changed', content };
  if (merge === undefined) return { status: 'conflict', content, conflicts: [] };
  if (clean(base) === clean(content)) return { status: 'kept', content: current };
  return decideMerged(current, merge(path, { base, mine: current, generated: content }));
}

function decideMerged(current: string, { text, conflicts }: ReturnType<Merge>): Outcome {
  if (conflicts.length > 0) return { status: 'conflict', content: text, conflicts };
  return { status: text === current ? 'kept' : 'merged', content: text };
}

type Outcome = Pick<PlannedFile, 'status' | 'content' | 'conflicts'>;

/**
 * Of what the last run wrote, what a person deleted since. Where nothing of it is left in `folder`, the folder is gone
 * and is made anew: then nothing below it counts.
 */
export function listDeleted(directory: string, folder: string): Set<string> {
  const root = realpathSync(directory);
  const known = listBase(root).map((path) => ({ path, isThere: readCurrent(root, path) !== undefined }));
  const isInside = ({ path }: { path: string }) => path.startsWith(`${folder}/`);
  const isFolderGone = !known.some((file) => isInside(file) && file.isThere);
  return new Set(
    known.filter((file) => !file.isThere && !(isFolderGone && isInside(file))).map(({ path }) => path),
  );
}

const clean = (text: string) => text.replaceAll('\r\n', '\n');

/** The paths that the last run wrote, sorted. */
export function listBase(root: string): string[] {
  try {
    return readdirSync(join(root, BASE_DIRECTORY), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        relative(join(root, BASE_DIRECTORY), join(entry.parentPath, entry.name)).split(sep).join('/'),
      )
      .sort(compareText);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

// Below a link that leads back to itself there is nothing either; the link is found on the way up.
const isAbsent = (error: unknown) =>
  error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(String(error.code));

function readCurrent(root: string, path: string): string | undefined {
  checkInside(root, path);
  const stat = statLink(join(root, path));
  if (!stat) return undefined;
  if (!statIsFile(join(root, path)))
    throw new DorguError('OutputNotFile', `${path} is to be written and is not a file`, {
      hint: `move it away, or write elsewhere with --output-dir`,
    });
  if (stat.size > MAX_BYTES)
    throw new DorguError(
      'OutputTooLarge',
      `${path} is to be written, and what is there is larger than 4 MiB`,
      {
        hint: `move it away, or write elsewhere with --output-dir`,
      },
    );
  return readFileSync(join(root, path), 'utf8');
}

function statIsFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

// A folder or file on the way may be a link; what it leads to has to be inside the application too.
function checkInside(root: string, path: string): void {
  const parts = path.split('/');
  if (isAbsolute(path) || parts.includes('..') || parts.includes('')) throw outside(path, path);
  for (let at = join(root, path); at !== root; at = dirname(at)) {
    if (!statLink(at)) continue;
    if (relativeInside(root, realpathOf(at)) === undefined) throw outside(path, relative(root, at));
    if (at !== join(root, path) && statIsFile(at)) throw notFolder(relative(root, at));
    return;
  }
}

// Below a file there is nothing, just as below a folder that is not there.
function statLink(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

function notFolder(path: string): DorguError {
  return new DorguError('OutputNotFolder', `${path} is to be a folder, and is a file`, {
    hint: 'move it away, or write elsewhere with --output-dir',
  });
}

function realpathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    throw new DorguError('OutputOutside', `${path} is a link that leads nowhere`, {
      hint: 'remove the link',
      cause,
    });
  }
}

function outside(path: string, at: string): DorguError {
  return new DorguError(
    'OutputOutside',
    `${path} would be written outside the application: ${at} leads out of it`,
    {
      hint: 'name a folder inside the application with --output-dir',
    },
  );
}
