// The findings of a persona against a workload: the one entrance for commands, controller and webhook.
import { severities } from '../api/vocabulary.ts';
import { compareViolations, evaluateSettled } from './evaluate.ts';
import type { Finding, Violation } from './finding.ts';
import { toFindings, type LevelContext } from './levels.ts';
import type { RuleInput } from './rule-input.ts';
import { settleInput } from './settle-input.ts';

/** Violations, weighed by the cluster's levels and exceptions, gravest first, then by rule, field and container. Never throws. `now` decides enforceFrom and until. */
export function judge(input: RuleInput, now: Date): Finding[] {
  const { violations, context } = examine(input);
  return weigh(violations, { ...context, now });
}

/** What the rules found, and whom the cluster's levels and exceptions then ask about: what no clock changes. */
export interface Examination {
  violations: Violation[];
  context: Omit<LevelContext, 'now'>;
}

/** Asks the rules alone; for who weighs the same violations several times. Never throws. */
export function examine(input: RuleInput): Examination {
  const settled = settleInput(input);
  const { persona, workload, clusterPersona, namespaceLabels } = settled;
  return {
    violations: evaluateSettled(settled),
    context: {
      clusterPersona,
      namespace: workload.namespace === '' ? (persona.metadata.namespace ?? '') : workload.namespace,
      namespaceLabels,
      personaNames: [persona.metadata.name, persona.spec.name],
    },
  };
}

/** The violations as the cluster counts them, gravest first, then by rule, field and container. */
export function weigh(violations: readonly Violation[], context: LevelContext): Finding[] {
  return toFindings(violations, context).sort(
    (left, right) =>
      severities.indexOf(left.severity) - severities.indexOf(right.severity) ||
      compareViolations(left, right),
  );
}

/** Whether it counts: an exception lifts a finding until its date. */
export function isCounted(finding: Finding): boolean {
  return finding.exception === undefined;
}
