// What the controller of personas owns of a status, and what it says instead where the API server does not take it.
import { applicationConditions, readyReasons } from '../../../src/api/conditions.ts';
import type { ApplicationPersonaStatus } from '../../../src/api/personas.ts';
import { toParagraph } from '../../../src/status/plain-text.ts';
import { openStatus, type WatchedPersona } from '../../watched/personas.ts';

/** Owns this controller's fields; other owners of the status have names of their own. */
export const fieldManager = 'dorgu-operator';

/**
 * What an API server that does not take the status may take all the same: phase and verdict, that it was refused, and the history that stands there
 * already, because what is not applied again is taken away.
 */
export function toRefused(
  { observedGeneration, phase, validation, conditions = [] }: ApplicationPersonaStatus,
  persona: WatchedPersona,
  said: string,
): ApplicationPersonaStatus {
  const { deployments } = openStatus(persona);
  return {
    ...(deployments === undefined ? {} : { deployments }),
    validation: { passed: validation?.passed ?? false },
    ...(observedGeneration === undefined ? {} : { observedGeneration }),
    ...(phase === undefined ? {} : { phase }),
    conditions: conditions.map((condition) =>
      condition.type === applicationConditions.ready
        ? {
            ...condition,
            status: 'Unknown',
            reason: readyReasons.statusRefused,
            message: toParagraph(`the API server does not take this status: ${said}`, 1000),
          }
        : condition,
    ),
  };
}
