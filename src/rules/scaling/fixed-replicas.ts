// The number of replicas that a person fixed, where nobody else decides: what both bounds of the persona are held against.
import type { RuleInput } from '../rule-input.ts';
import { knownAutoscalersOf } from './autoscalers.ts';
import { hasReplicas, isLeftToAutoscaler, replicasOf } from './replica-count.ts';

/** The number; undefined where the kind has none, an autoscaler decides, it is 0 (scaling/paused) or malformed (scaling/replicas). */
export function fixedReplicas(input: RuleInput): number | undefined {
  const { workload } = input;
  if (!hasReplicas(workload) || isLeftToAutoscaler(workload)) return undefined;
  if (knownAutoscalersOf(input).length > 0) return undefined;
  return replicasOf(workload) || undefined;
}
