// What makes a finding the same finding when lines move: rule, object, container and field without indices.
import { createHash } from 'node:crypto';
import type { PlacedFinding } from './check-report.ts';

/** The parts of a finding that a baseline holds. */
export type IdentifiedFinding = Pick<PlacedFinding, 'rule' | 'object' | 'container' | 'field' | 'file'>;

/** A key for maps. A file counts only where no object is known. */
export function identifyFinding({ rule, object, container, field, file }: IdentifiedFinding): string {
  return JSON.stringify([
    rule,
    object === undefined ? [file] : [object.kind, object.namespace, object.name],
    container ?? '',
    (field ?? '').replace(/\[\d+\]/g, '[]'),
  ]);
}

/** SHA-256 in hexadecimal of the identity and of how many of the same came before; stable while lines move. */
export function fingerprintFindings(findings: readonly IdentifiedFinding[]): string[] {
  const counts = new Map<string, number>();
  return findings.map((finding) => {
    const identity = identifyFinding(finding);
    const count = counts.get(identity) ?? 0;
    counts.set(identity, count + 1);
    return createHash('sha256').update(`${identity}#${count}`).digest('hex');
  });
}
