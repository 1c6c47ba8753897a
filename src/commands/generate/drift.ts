// `generate --check`: whether what is on disk is what would be generated.
import { DorguError } from '../../api/errors.ts';
import type { PlannedFile } from '../../output/plan-files.ts';
import { quoteWord } from '../shell-word.ts';

/** The files that are not as they would be generated. What a person keeps although it is no longer generated is no drift. */
export function findDrift(files: readonly PlannedFile[]): PlannedFile[] {
  return files.filter(({ status }) => status !== 'unchanged' && status !== 'orphaned');
}

/** The answer no, exit code 1, naming each file. */
export function createDriftError(drifted: readonly PlannedFile[], count: number, path: string): DorguError {
  return new DorguError('Drift', `${drifted.length} of ${count} files are not as they would be generated`, {
    details: drifted.map((file) => `${file.status}  ${file.path}`),
    hint: `kubectl dorgu generate ${quoteWord(path)} writes them; --diff shows the changes`,
  });
}
