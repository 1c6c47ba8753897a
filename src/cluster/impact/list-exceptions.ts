// The ClusterPersona's exceptions, whether each still lasts, and what it lifts.
import type { ClusterPersona, RuleException } from '../../api/personas.ts';
import type { WorkloadImpact } from './foretold.ts';

/** One entry of spec.exceptions. */
export interface ExceptionImpact extends RuleException {
  /** False from its date on: it is ignored. */
  isLive: boolean;
  /** Findings that it lifts, of the workloads that were looked at. */
  lifts: number;
}

/** In the order of the ClusterPersona. */
export function listExceptions(
  clusterPersona: ClusterPersona | undefined,
  workloads: readonly WorkloadImpact[],
  now: Date,
): ExceptionImpact[] {
  const lifted = new Map<string, number>();
  for (const { exception } of workloads.flatMap(({ findings }) => findings)) {
    if (exception !== undefined) lifted.set(keyOf(exception), (lifted.get(keyOf(exception)) ?? 0) + 1);
  }
  return (clusterPersona?.spec.exceptions ?? []).map((exception) => ({
    ...exception,
    isLive: Date.parse(exception.until) > now.getTime(),
    lifts: lifted.get(keyOf(exception)) ?? 0,
  }));
}

function keyOf({ rule, namespace, persona, container, reason, until }: RuleException): string {
  return JSON.stringify([rule, namespace, persona, container, reason, until]);
}
