// What stops a run: places that a person and the generator both changed, each said with both sides.
import { DorguError } from '../api/errors.ts';
import type { FileConflict, PlannedFile } from '../output/plan-files.ts';

/** More places than these are for `-o json`. */
const MAX_PLACES = 20;

/** Whether both wrote the file; else a person made it where the generator wants to write one. */
export function isBoth({ conflicts = [] }: PlannedFile): boolean {
  return conflicts.length > 0;
}

/** Exit code 6. */
export function createConflictError(files: readonly PlannedFile[]): DorguError {
  const places = files.flatMap(describeFile);
  const shown = places.slice(0, MAX_PLACES);
  const more = places.length - shown.length;
  const count = files.length === 1 ? '1 file was' : `${files.length} files were`;
  return new DorguError(
    'FilesEdited',
    `${count} changed by hand where generate has something else, and nothing was written`,
    {
      details: [...shown, ...(more > 0 ? [`and ${more} more`] : [])],
      hint: files.every(isBoth)
        ? 'say it in .dorgu.yaml; or --keep-mine lets your side stay in these places, --force takes what is generated'
        : 'these were there before generate: move them away, or let them go with --force',
    },
  );
}

function describeFile(file: PlannedFile): string[] {
  if (!isBoth(file)) return [`${file.path}: not written by generate`];
  return (file.conflicts ?? []).map((conflict) => `${file.path}: ${describeConflict(conflict)}`);
}

/** `spec.replicas: yours 5, generated 3, before 2`. */
export function describeConflict({ at, base, mine, generated }: FileConflict): string {
  if (base === undefined && mine === undefined && generated === undefined) return at;
  const side = (text: string | undefined) => text ?? 'nothing';
  const before = base === undefined ? '' : `, before ${side(base)}`;
  return `${at}: yours ${side(mine)}, generated ${side(generated)}${before}`;
}
