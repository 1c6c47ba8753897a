// What doctor found, for machines.
import type { Check, CheckVerdict } from '../../cluster/doctor/check.ts';

/** `-o json` of doctor. */
export interface DoctorDocument {
  /** The gravest of the checks: `failed`, `warning`, `unknown`, else `ok`. */
  verdict: CheckVerdict;
  checks: readonly Check[];
}

const byGravity = ['failed', 'warning', 'unknown'] as const;

/** Fields that are absent have nothing to say. */
export function toDoctorDocument(checks: readonly Check[]): DoctorDocument {
  const found = new Set(checks.map(({ verdict }) => verdict));
  return {
    verdict: byGravity.find((verdict) => found.has(verdict)) ?? 'ok',
    checks: checks.map(({ fix, ...check }) => ({ ...check, ...(fix === undefined ? {} : { fix }) })),
  };
}
