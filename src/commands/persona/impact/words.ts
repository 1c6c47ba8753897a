// How outcomes and dates are said to people.
import type { Foretold } from '../../../cluster/impact/foretold.ts';
import { outcomes, type WorkloadImpact } from '../../../cluster/impact/foretold.ts';

/** `2026-12-01` where the day begins then in UTC, else the instant as the ClusterPersona writes it. */
export function formatInstant(text: string): string {
  const at = new Date(text);
  const [day = text, time] = at.toISOString().split('T');
  return time === '00:00:00.000Z' ? day : text;
}

/** `denied`, `denied from 2026-12-01`, `warned`, `admitted`. */
export function formatOutcome({ outcome, from }: Pick<Foretold, 'outcome' | 'from'>): string {
  return outcome === 'later' && from !== undefined ? `denied from ${formatInstant(from)}` : outcome;
}

/** The rules that have the workload's outcome, each once. */
export function listDecisiveRules({ create, findings }: WorkloadImpact): string[] {
  const decisive = findings.filter(({ outcome }) => outcome === create.outcome);
  return create.outcome === 'admitted' ? [] : [...new Set(decisive.map(({ rule }) => rule))];
}

/** `1 workload`, `2 workloads`. */
export function formatCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Gravest first; within one as they come. */
export function compareOutcomes(left: WorkloadImpact, right: WorkloadImpact): number {
  return outcomes.indexOf(left.create.outcome) - outcomes.indexOf(right.create.outcome);
}
