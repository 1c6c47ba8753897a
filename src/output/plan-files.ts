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
 * be; `edited` was changed by a person (or made by one) and differs from what would be written; `removed` is on disk as
 * we wrote it and is no longer generated; `orphaned` is no longer generated, and a person changed it: it stays.
 */
export type FileStatus = 'new' | 'changed' | 'unchanged' | 'edited' | 'removed' | 'orphaned';

/** One path with what would be written, what is there, and what was written last. Texts are UTF-8. */
export interface PlannedFile {
  /** Relative to the application's folder, `/` separators. */
  path: string;
  status: FileStatus;
  /** What is to be there; absent for `removed` and `orphaned`. */
  content?: string;
  /** What is there; absent for `new`. */
  current?: string;
  /** What the last run wrote; absent where there was none. */
  base?: string;
}

/** What a plan is made from. */
export interface PlanInput {
  /** The application's absolute folder. */
  directory: string;
  files: readonly { path: string; content: string }[];
  /** Makes two texts equal that differ only in what machines edit (line ends, pinned digests). */
  normalise?: (path: string, text: string) => string;
}

/**
 * Compares without writing. Sorted by path.
 * @throws DorguError OutputOutside, OutputNotFile (invalid) where a path cannot be written inside the application.
 */
export function planFiles({ directory, files, normalise = (_, text) => text }: PlanInput): PlannedFile[] {
  const root = realpathSync(directory);
  const same = (path: string, left: string | undefined, right: string | undefined) =>
    left !== undefined &&
    right !== undefined &&
    clean(normalise(path, left)) === clean(normalise(path, right));
  const planned = files.map(({ path, content }): PlannedFile => {
    const current = readCurrent(root, path);
    const base = readCurrent(root, `${BASE_DIRECTORY}/${path}`);
    const known = {
      path,
      content,
      ...(current !== undefined && { current }),
      ...(base !== undefined && { base }),
    };
    if (current === undefined) return { ...known, status: 'new' };
    if (clean(current) === clean(content)) return { ...known, status: 'unchanged' };
    return { ...known, status: same(path, current, base) ? 'changed' : 'edited' };
  });
  const generated = new Set(files.map(({ path }) => path));
  const gone = listBase(root)
    .filter((path) => !generated.has(path))
    .flatMap((path): PlannedFile[] => {
      const current = readCurrent(root, path);
      const base = readCurrent(root, `${BASE_DIRECTORY}/${path}`);
      if (current === undefined || base === undefined) return [];
      return [{ path, status: same(path, current, base) ? 'removed' : 'orphaned', current, base }];
    });
  return [...planned, ...gone].sort((a, b) => compareText(a.path, b.path));
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
