// What is said of a cluster whose status the API server does not take.
import { clusterConditions, clusterReadyReasons } from '../../../src/api/conditions.ts';
import type { ClusterPersonaStatus } from '../../../src/api/personas.ts';
import { toParagraph } from '../../../src/status/plain-text.ts';

/** What stands there already, which the server has taken before, with the conditions of now and the refusal in Ready. */
export function toRefused(
  { observedGeneration, phase, conditions = [] }: ClusterPersonaStatus,
  standing: ClusterPersonaStatus | undefined,
  said: string,
): ClusterPersonaStatus {
  return {
    ...standing,
    ...(observedGeneration === undefined ? {} : { observedGeneration }),
    ...(phase === undefined ? {} : { phase }),
    conditions: conditions.map((condition) =>
      condition.type === clusterConditions.ready
        ? {
            ...condition,
            status: 'Unknown',
            reason: clusterReadyReasons.statusRefused,
            message: toParagraph(`the API server does not take this status: ${said}`, 1000),
          }
        : condition,
    ),
  };
}
