// Writes imported personas into a folder, a file each: all of them or none, and none over a person's changes.
import { existsSync, mkdirSync } from 'node:fs';
import { DorguError } from '../../api/errors.ts';
import { planFiles, type PlannedFile } from '../../output/plan-files.ts';
import { writeFiles } from '../../output/write-files.ts';

/** A file to be written. */
export interface ImportedFile {
  /** Relative to the folder. */
  path: string;
  content: string;
}

/** Where and how. */
export interface WriteImportedOptions {
  /** Absolute; made where it is not there. */
  directory: string;
  /** Replaces files that a person changed. */
  force: boolean;
  isDryRun: boolean;
}

/**
 * Writes what is new or changed. Files of earlier imports stay, whatever is imported now.
 * @returns what became of each, by path
 * @throws DorguError EditedFiles (conflict), OutputFailed, OutputOutside, OutputNotFile: nothing was changed
 */
export function writeImported(
  files: readonly ImportedFile[],
  { directory, force, isDryRun }: WriteImportedOptions,
): readonly PlannedFile[] {
  if (!existsSync(directory)) {
    if (isDryRun) return files.map((file) => ({ ...file, status: 'new' }));
    makeFolder(directory);
  }
  const wanted = new Set(files.map(({ path }) => path));
  const planned = planFiles({ directory, files }).filter(({ path }) => wanted.has(path));
  const edited = planned.filter(({ status }) => status === 'conflict');
  if (edited.length > 0 && !force) throw createEditedError(edited);
  if (!isDryRun) writeFiles(directory, planned, { force });
  return planned;
}

function makeFolder(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (cause) {
    throw new DorguError('OutputFailed', `the folder ${JSON.stringify(directory)} cannot be made`, {
      hint: 'name another one with --output-dir',
      cause,
    });
  }
}

function createEditedError(edited: readonly PlannedFile[]): DorguError {
  const shown = edited.slice(0, 10).map(({ path }) => path);
  const more = edited.length > shown.length ? [`and ${edited.length - shown.length} more`] : [];
  const what = edited.length === 1 ? '1 file was' : `${edited.length} files were`;
  return new DorguError('EditedFiles', `${what} changed since the last import, and nothing was written`, {
    details: [...shown, ...more],
    hint: 'keep your changes and leave these out, or add --force to replace them',
  });
}
