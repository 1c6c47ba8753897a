// What a new status of a ClusterPersona is worth telling: conditions that have flipped.
import { clusterConditions, clusterReadyReasons } from '../../../src/api/conditions.ts';
import type { ClusterPersona, ClusterPersonaStatus, Condition } from '../../../src/api/personas.ts';
import type { EventFacts } from '../../manager/events.ts';

/** Events for what stands in `status` and did not in the persona: losses, and what came back after one. */
export function listTransitions(persona: ClusterPersona, status: ClusterPersonaStatus): EventFacts[] {
  const { status: before = {} } = persona;
  const object = toInvolved(persona);
  return (status.conditions ?? []).filter(isTold).flatMap((condition): EventFacts[] => {
    const previous = before.conditions?.find(({ type }) => type === condition.type);
    const { reason, message } = condition;
    if (condition.status === 'False' && (previous?.status !== 'False' || previous.reason !== reason))
      return [{ object, type: 'Warning', reason, message }];
    const isBack = condition.status === 'True' && previous?.status === 'False';
    return isBack ? [{ object, type: 'Normal', reason, message }] : [];
  });
}

/** That the API server does not take the status. */
export function tellRefusal(persona: ClusterPersona, message: string): EventFacts {
  return { object: toInvolved(persona), type: 'Warning', reason: clusterReadyReasons.statusRefused, message };
}

function toInvolved({ apiVersion, kind, metadata }: ClusterPersona): EventFacts['object'] {
  const { name, uid = '', resourceVersion } = metadata;
  return { apiVersion, kind, name, uid, resourceVersion };
}

/** Ready repeats what the others say, but for this. */
function isTold({ type, reason }: Condition): boolean {
  return type !== clusterConditions.ready || reason === clusterReadyReasons.superseded;
}
