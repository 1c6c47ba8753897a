// The findings of a persona against a workload: the one entrance for commands, controller and webhook.
import { severities } from '../api/vocabulary.ts';
import { compareViolations, evaluateSettled } from './evaluate.ts';
import type { Finding } from './finding.ts';
import { toFindings } from './levels.ts';
import type { RuleInput } from './rule-input.ts';
import { settleInput } from './settle-input.ts';

/** Violations, weighed by the cluster's levels and exceptions, gravest first, then by rule, field and container. Never throws. `now` decides enforceFrom and until. */
export function judge(input: RuleInput, now: Date): Finding[] {
  const settled = settleInput(input);
  const { persona, workload, clusterPersona, namespaceLabels } = settled;
  const findings = toFindings(evaluateSettled(settled), {
    clusterPersona,
    namespace: workload.namespace === '' ? (persona.metadata.namespace ?? '') : workload.namespace,
    namespaceLabels,
    personaNames: [persona.metadata.name, persona.spec.name],
    now,
  });
  return findings.sort(
    (left, right) =>
      severities.indexOf(left.severity) - severities.indexOf(right.severity) ||
      compareViolations(left, right),
  );
}

/** Whether it counts: an exception lifts a finding until its date. */
export function isCounted(finding: Finding): boolean {
  return finding.exception === undefined;
}
