// Adds up what is foretold: for all, and by rule, team or namespace.
import { compareText } from '../../api/compare-text.ts';
import { outcomes, type Outcome, type WorkloadImpact } from './foretold.ts';

/** How many workloads have each outcome when they are applied anew. */
export type Tally = Record<Outcome, number>;

/** What the workloads can be added up by. */
export const groupings = ['rule', 'team', 'namespace'] as const;
export type Grouping = (typeof groupings)[number];

/** One group: a rule with the workloads that it holds something against, a team or a namespace with all of its own. */
export interface Group extends Tally {
  /** The rule's id, the team (empty where nobody says), or the namespace. */
  name: string;
}

/** Of all workloads. */
export function tally(workloads: readonly WorkloadImpact[]): Tally {
  return count(workloads.map(({ create }) => create.outcome));
}

/** Those that deny most come first, then by name. */
export function tallyBy(grouping: Grouping, workloads: readonly WorkloadImpact[]): Group[] {
  const found = new Map<string, Outcome[]>();
  for (const workload of workloads) {
    for (const [name, outcome] of listGroups(grouping, workload)) {
      const group = found.get(name);
      if (group === undefined) found.set(name, [outcome]);
      else group.push(outcome);
    }
  }
  return [...found]
    .map(([name, all]) => ({ name, ...count(all) }))
    .sort(
      (left, right) =>
        right.denied - left.denied ||
        right.later - left.later ||
        right.warned - left.warned ||
        compareText(left.name, right.name),
    );
}

/** Rules once for each workload, with the gravest that they do to it. */
function listGroups(grouping: Grouping, impact: WorkloadImpact): Iterable<[string, Outcome]> {
  const { namespace, team = '', create, findings } = impact;
  if (grouping === 'namespace') return [[namespace, create.outcome]];
  if (grouping === 'team') return [[team, create.outcome]];
  const byRule = new Map<string, Outcome>();
  for (const { rule, outcome } of findings) {
    const known = byRule.get(rule) ?? 'admitted';
    byRule.set(rule, outcomes.indexOf(outcome) < outcomes.indexOf(known) ? outcome : known);
  }
  return byRule;
}

function count(all: readonly Outcome[]): Tally {
  const result: Tally = { denied: 0, later: 0, warned: 0, admitted: 0 };
  for (const outcome of all) result[outcome] += 1;
  return result;
}

/** Whether the outcome is at least as grave as the threshold. */
export function isAtLeast(outcome: Outcome, threshold: Outcome): boolean {
  return outcomes.indexOf(outcome) <= outcomes.indexOf(threshold);
}
