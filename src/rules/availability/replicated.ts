// Which workloads have replicas whose availability can be planned.
import type { RuleInput } from '../rule-input.ts';
import { expectedReplicas } from '../scaling/expected-replicas.ts';

/** The number of replicas there are at least, where there is one and other objects can be seen; undefined otherwise. */
export function leastReplicas({ workload, surroundings }: RuleInput): number | undefined {
  const least = surroundings && expectedReplicas(workload, surroundings)?.min;
  return least === undefined || least === 0 ? undefined : least;
}

/** Whether its tier promises availability, and it has the replicas for it: at least two, always. */
export function isHeldToAvailability(input: RuleInput): boolean {
  const { tier } = input.persona.spec;
  return tier !== 'best-effort' && (leastReplicas(input) ?? 0) >= 2;
}
