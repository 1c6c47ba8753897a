// Reads a PodDisruptionBudget.
import { fieldAt, textOf } from '../api/foreign-fields.ts';
import { readSelector } from './selector.ts';
import type { DisruptionBudget } from './surroundings.ts';

/** A budget; undefined for every other object. Numbers stay as written. */
export function readDisruptionBudget(object: unknown): DisruptionBudget | undefined {
  if (fieldAt(object, 'kind') !== 'PodDisruptionBudget') return undefined;
  if (!textOf(fieldAt(object, 'apiVersion')).startsWith('policy/')) return undefined;
  const spec = fieldAt(object, 'spec');
  return {
    name: textOf(fieldAt(object, 'metadata', 'name')),
    selector: readSelector(fieldAt(spec, 'selector')),
    minAvailable: fieldAt(spec, 'minAvailable') ?? undefined,
    maxUnavailable: fieldAt(spec, 'maxUnavailable') ?? undefined,
  };
}
