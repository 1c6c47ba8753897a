// The persona against its own CRD, by the same validator as the operator's, and against the workload of its name.
import { validateApplicationPersona } from '../api/validate.ts';
import type { CheckedObject, Finding } from './finding.ts';
import { reportFor } from './finding.ts';

/** Findings about an ApplicationPersona; none for other kinds. */
export function checkPersona({ apiVersion, kind, file, value }: CheckedObject): Finding[] {
  if (kind !== 'ApplicationPersona' || !apiVersion.startsWith('dorgu.io/')) return [];
  const report = reportFor(file);
  const result = validateApplicationPersona(value);
  return [
    ...(result.ok
      ? []
      : result.problems.map(({ path, message }) =>
          report(path, message, 'what the CRD asks for', 'what it refuses'),
        )),
    ...result.unknownFields.map((path) => report(path, 'the API knows no such field', 'no such field', path)),
  ];
}
