// `generate --check`: whether what is on disk is what would be generated.
import { DorguError } from '../../api/errors.ts';
import type { FileStatus, PlannedFile } from '../../output/plan-files.ts';
import { quoteWord } from '../shell-word.ts';

/** What a person changed, and where generate has nothing new, is no drift. */
const SETTLED: ReadonlySet<FileStatus> = new Set(['unchanged', 'kept', 'deleted', 'orphaned']);

/** The files that a run of generate would change, or stop at. */
export function findDrift(files: readonly PlannedFile[]): PlannedFile[] {
  return files.filter(({ status }) => !SETTLED.has(status));
}

/** The answer no, exit code 1, naming each file. */
export function createDriftError(drifted: readonly PlannedFile[], count: number, path: string): DorguError {
  return new DorguError('Drift', `${drifted.length} of ${count} files are not as they would be generated`, {
    details: drifted.map((file) => `${file.status}  ${file.path}`),
    hint: `kubectl dorgu generate ${quoteWord(path)} writes them; --diff shows the changes`,
  });
}
