// The file of known findings on disk.
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DorguError } from '../../api/errors.ts';
import { ManifestFault } from '../../document/manifest-problem.ts';
import { readFileText } from '../../document/read-text.ts';
import { parseBaseline, type Baseline } from '../../reporting/baseline.ts';
import type { CheckReport } from '../../reporting/check-report.ts';
import type { FailureThreshold } from '../../reporting/count-findings.ts';
import { toCheckDocument } from '../../reporting/formats/document.ts';
import { writeAtomically } from '../../settings/write-atomically.ts';
import { formatStructured } from '../../ui/structured.ts';
import type { Invocation } from '../invocation.ts';

/** Reads it. Throws DorguError NotFound, BaselineInvalid. */
export async function readBaselineFile(
  path: string,
  { cwd, signal }: Pick<Invocation, 'cwd' | 'signal'>,
): Promise<Baseline> {
  const file = resolve(cwd, path);
  const isThere = await stat(file).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    throw new DorguError('PathMissing', `there is no baseline ${JSON.stringify(path)}`, {
      hint: `write it: kubectl dorgu check … --write-baseline ${path}`,
    });
  }
  const text = await readFileText(file, signal).catch((fault: unknown) => {
    if (!(fault instanceof ManifestFault)) throw fault;
    throw new DorguError('BaselineInvalid', `${path}: ${fault.message}`);
  });
  return parseBaseline(text, path);
}

/** Writes all findings of the report, whole or not at all. Throws DorguError OutputFailed. */
export function writeBaselineFile(
  path: string,
  cwd: string,
  report: CheckReport,
  threshold: FailureThreshold,
): void {
  writeAtomically(resolve(cwd, path), formatStructured(toCheckDocument(report, threshold), 'json'), 0o644);
}
