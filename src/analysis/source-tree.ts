// The application's directory as analysis may see it: a bounded list of files and bounded reads that never leave the root.
import { closeSync, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, posix } from 'node:path';
import { relativeInside } from '../application/inside.ts';
import { listFiles, type Listing } from './list-files.ts';
import { isOwnBuildFile } from './own-build-files.ts';

/** A file larger than this is not read. */
export const MAX_FILE_BYTES = 1024 * 1024;

/** The files of one application. All paths are relative to the root, with `/` separators. */
export interface SourceTree {
  /** The root's absolute real path; for messages only. */
  readonly root: string;
  /** Listed files, sorted by code unit: .gitignore and well-known vendored folders left out. */
  readonly files: readonly string[];
  /** Files that were left out for their size, or everything past the 50,000th: for the report. */
  readonly skipped: readonly { file: string; reason: string }[];
  /** Whether a path is a file inside the root, listed or not (an ignored .env counts). */
  has(path: string): boolean;
  /** The text of a file inside the root, listed or not; undefined when absent, over 1 MiB, binary, or outside by `..` or symlink. */
  read(path: string): string | undefined;
}

/** Opens a directory. The caller has checked that it exists and is a folder. */
export function openSourceTree(directory: string): SourceTree {
  const root = realpathSync(directory);
  const listing: Listing = listFiles(root);
  const own = new Set(listing.files.filter((path) => isOwnBuildFile(root, path)));
  const texts = new Map<string, string | undefined>();
  const present = new Map<string, boolean>();
  const skipped = [...listing.skipped];
  return {
    root,
    files: own.size === 0 ? listing.files : listing.files.filter((path) => !own.has(path)),
    skipped,
    has(path) {
      if (own.has(posix.normalize(path))) return false;
      const known = present.get(path) ?? resolveInside(root, path, 'file') !== undefined;
      present.set(path, known);
      return known;
    },
    read(path) {
      const key = posix.normalize(path);
      if (own.has(key)) return undefined;
      if (!texts.has(key)) texts.set(key, readText(root, key, skipped));
      return texts.get(key);
    },
  };
}

/** The real absolute path of something inside the root, or undefined: absent, of another type, or outside once links are followed. */
export function resolveInside(root: string, path: string, type: 'file' | 'directory'): string | undefined {
  if (isAbsolute(path) || path.includes('\0')) return undefined;
  try {
    // Most paths that are asked for are not there, and an exception for each of them is what would take the time.
    const stat = statSync(join(root, path), { throwIfNoEntry: false });
    if (!stat) return undefined;
    const real = realpathSync.native(join(root, path));
    if (relativeInside(root, real) === undefined) return undefined;
    return (type === 'file' ? stat.isFile() : stat.isDirectory()) ? real : undefined;
  } catch {
    return undefined;
  }
}

function readText(
  root: string,
  path: string,
  skipped: { file: string; reason: string }[],
): string | undefined {
  const real = resolveInside(root, path, 'file');
  if (real === undefined) return undefined;
  const bytes = readBounded(real);
  if (bytes === undefined) {
    skipped.push({ file: path, reason: 'larger than 1 MiB, or not readable' });
    return undefined;
  }
  if (bytes.subarray(0, 8192).includes(0)) return decodeWide(bytes);
  return stripByteOrderMark(bytes.toString('utf8'));
}

// Opened once and measured by its descriptor, so that a file that grows or is swapped meanwhile cannot exceed the bound.
function readBounded(real: string): Buffer | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(real, 'r');
    const { size } = fstatSync(descriptor);
    if (size > MAX_FILE_BYTES) return undefined;
    const buffer = Buffer.allocUnsafe(size);
    let filled = 0;
    while (filled < size) {
      const count = readSync(descriptor, buffer, filled, size - filled, filled);
      if (count === 0) break;
      filled += count;
    }
    return buffer.subarray(0, filled);
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

// Windows editors save UTF-16 with a mark; any other NUL byte means binary.
function decodeWide(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  return undefined;
}

function stripByteOrderMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** The line (from 1) of a character offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
