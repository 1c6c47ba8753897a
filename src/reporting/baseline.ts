// Findings that were known before: a document of an earlier check, and which of today's it covers.
import { DorguError } from '../api/errors.ts';
import { fieldAt, textOf } from '../api/foreign-fields.ts';
import type { CheckReport, PlacedFinding } from './check-report.ts';
import { identifyFinding } from './finding-identity.ts';

/** How many findings of each identity were known. */
export type Baseline = ReadonlyMap<string, number>;

/** Reads what `check -o json` wrote. Throws DorguError BaselineInvalid; `path` is for its text. */
export function parseBaseline(text: string, path: string): Baseline {
  const findings = fieldAt(parseJson(text, path), 'findings');
  if (!Array.isArray(findings)) throw createInvalidError(path, 'expected a list of findings, found none');
  const baseline = new Map<string, number>();
  for (const finding of findings as unknown[]) {
    if (textOf(fieldAt(finding, 'rule')) === '')
      throw createInvalidError(path, 'expected every finding to name its rule');
    const identity = identifyFinding(toIdentified(finding));
    baseline.set(identity, (baseline.get(identity) ?? 0) + 1);
  }
  return baseline;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the file.
    throw createInvalidError(path, 'expected JSON');
  }
}

function createInvalidError(path: string, message: string): DorguError {
  return new DorguError('BaselineInvalid', `${path}: ${message}`, {
    hint: `write it anew: kubectl dorgu check … --write-baseline ${path}`,
  });
}

function toIdentified(finding: unknown): Parameters<typeof identifyFinding>[0] {
  const text = (...path: string[]) => textOf(fieldAt(finding, ...path));
  const object = {
    kind: text('object', 'kind'),
    namespace: text('object', 'namespace'),
    name: text('object', 'name'),
  };
  return {
    rule: text('rule'),
    file: text('file'),
    container: text('container'),
    field: text('field'),
    ...(fieldAt(finding, 'object') === undefined ? {} : { object }),
  };
}

/** The report with its known findings marked: as many of each identity as the baseline holds, in their order. */
export function markKnown(report: CheckReport, baseline: Baseline): CheckReport {
  const left = new Map(baseline);
  return { ...report, findings: report.findings.map((finding) => mark(finding, left)) };
}

function mark(finding: PlacedFinding, left: Map<string, number>): PlacedFinding {
  const identity = identifyFinding(finding);
  const count = left.get(identity) ?? 0;
  if (count === 0) return finding;
  left.set(identity, count - 1);
  return { ...finding, known: true };
}
