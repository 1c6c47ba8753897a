// The number of replicas that a person fixed, where nobody else decides: what both bounds of the persona are held against.
import type { RuleInput } from '../rule-input.ts';
import { autoscalersOf } from './autoscalers.ts';
import { hasReplicas, isLeftToAutoscaler, replicasOf } from './replica-count.ts';

/** The number; undefined where the kind has none, an autoscaler decides, it is 0 (scaling/paused) or malformed (scaling/replicas). */
export function fixedReplicas({ workload, surroundings }: RuleInput): number | undefined {
  if (!hasReplicas(workload) || isLeftToAutoscaler(workload)) return undefined;
  if (surroundings && autoscalersOf(workload, surroundings).length > 0) return undefined;
  return replicasOf(workload) || undefined;
}
