// Why a persona has no advice, for whoever asks: `recommend` and `persona status`.
import { applicationConditions, metricsReasons } from '../../api/conditions.ts';
import type { ApplicationPersona, ApplicationPersonaStatus } from '../../api/personas.ts';
import type { Silence } from './recommended.ts';

/** Advice to take something away needs a day. */
export const underADay = 'measured for less than a day: less is advised only after one';

/** Never throws. */
export function explainSilence({
  metadata,
  spec,
  status,
}: Pick<ApplicationPersona, 'metadata' | 'spec' | 'status'>): Silence {
  const where = { namespace: metadata.namespace ?? '', object: `persona/${metadata.name}` };
  if (spec.sizing?.mode === 'off')
    return { ...where, reason: 'SizingOff', message: 'spec.sizing.mode is off: no advice is wanted' };
  const gap = findGap(status);
  if (gap !== undefined) return { ...where, ...gap };
  return { ...where, ...explainFit(status) };
}

/** Since when the condition stands says nothing of it: a history may be filled back, and outlives an outage. */
function explainFit(status: ApplicationPersonaStatus | undefined): Pick<Silence, 'reason' | 'message'> {
  const measured = findCondition(status);
  if (measured === undefined && status?.learned?.resourceBaseline === undefined)
    return { reason: 'NothingLearned', message: 'no operator has measured it yet' };
  return measured?.reason === metricsReasons.measuredUnderADay
    ? { reason: 'UnderADay', message: underADay }
    : { reason: 'Fits', message: 'requests and limits fit what was measured' };
}

/** Why use cannot be measured, as the operator says it; undefined where it can be, or nobody has tried. */
export function findGap(
  status: ApplicationPersonaStatus | undefined,
): { reason: string; message: string } | undefined {
  const condition = findCondition(status);
  if (condition === undefined || condition.status === 'True') return undefined;
  const { reason, message } = condition;
  return { reason, message: message === '' ? 'use cannot be measured' : message };
}

function findCondition(status: ApplicationPersonaStatus | undefined) {
  return status?.conditions?.find(({ type }) => type === applicationConditions.metricsAvailable);
}
