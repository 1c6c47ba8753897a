// Reads the conditions of any object of the API.
import { fieldAt, fieldsOf, listOf, textOf } from '../api/foreign-fields.ts';

/** A condition as it stands in the object; texts are empty where absent. */
export interface ForeignCondition {
  type: string;
  status: string;
  reason: string;
  message: string;
  lastUpdateTime: unknown;
  lastTransitionTime: unknown;
  observedGeneration: number | undefined;
}

/** More than these no object has; the rest is not looked at. */
const maxConditions = 100;

/** `status.conditions` of the status. */
export function conditionsOf(status: unknown): ForeignCondition[] {
  return listOf(fieldAt(status, 'conditions'))
    .slice(0, maxConditions)
    .map((condition) => {
      const fields = fieldsOf(condition);
      const generation = fieldAt(fields, 'observedGeneration');
      return {
        type: textOf(fieldAt(fields, 'type')),
        status: textOf(fieldAt(fields, 'status')),
        reason: textOf(fieldAt(fields, 'reason')),
        message: textOf(fieldAt(fields, 'message')),
        lastUpdateTime: fieldAt(fields, 'lastUpdateTime'),
        lastTransitionTime: fieldAt(fields, 'lastTransitionTime'),
        observedGeneration: typeof generation === 'number' ? generation : undefined,
      };
    });
}

/** The first condition of a type. */
export function conditionOf(status: unknown, type: string): ForeignCondition | undefined {
  return conditionsOf(status).find((condition) => condition.type === type);
}
