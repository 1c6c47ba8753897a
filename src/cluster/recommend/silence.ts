// Why a persona has no advice, for whoever asks: `recommend` and `persona status`.
import { applicationConditions } from '../../api/conditions.ts';
import type { ApplicationPersona, ApplicationPersonaStatus } from '../../api/personas.ts';
import type { Silence } from './recommended.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Never throws. */
export function explainSilence(
  { metadata, spec, status }: Pick<ApplicationPersona, 'metadata' | 'spec' | 'status'>,
  now: Date,
): Silence {
  const where = { namespace: metadata.namespace ?? '', object: `persona/${metadata.name}` };
  if (spec.sizing?.mode === 'off')
    return { ...where, reason: 'SizingOff', message: 'spec.sizing.mode is off: no advice is wanted' };
  const gap = findGap(status);
  if (gap !== undefined) return { ...where, ...gap };
  const measured = findCondition(status);
  if (measured === undefined && status?.learned?.resourceBaseline === undefined)
    return { ...where, reason: 'NothingLearned', message: 'no operator has measured it yet' };
  return { ...where, ...explainFit(measured?.lastTransitionTime, now) };
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

/** Advice to take something away needs a day. */
function explainFit(since: string | undefined, now: Date): Pick<Silence, 'reason' | 'message'> {
  const elapsedMs = now.getTime() - Date.parse(since ?? '');
  if (!(elapsedMs < dayMs)) return { reason: 'Fits', message: 'requests and limits fit what was measured' };
  const hours = Math.max(0, Math.floor(elapsedMs / hourMs));
  return {
    reason: 'UnderADay',
    message: `measured for ${hours === 0 ? 'less than an hour' : `${hours} h`}: less is advised only after a day`,
  };
}
