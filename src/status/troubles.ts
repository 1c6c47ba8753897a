// Which reasons of Ready are trouble, and which say that something is on its way: what a status has to tell about the time before it.
import { readyReasons } from '../api/conditions.ts';

/** A reason of Ready. */
export type ReadyReason = (typeof readyReasons)[keyof typeof readyReasons];

/** Nobody wants these. That several personas want a workload is another matter. */
const troubles = new Set<string>([
  readyReasons.rolloutStalled,
  readyReasons.partlyAvailable,
  readyReasons.unavailable,
  readyReasons.podsFailing,
]);

/** Whether the workload is not as it should be, and nobody expects that of a rollout. */
export function isTrouble(reason: string | undefined): boolean {
  return reason !== undefined && troubles.has(reason);
}

/** Whether a rollout is under way, whatever was before it. */
export function isUnderWay(reason: string | undefined): boolean {
  return reason === readyReasons.progressing || reason === readyReasons.recovering;
}

/** The reason to write of a rollout: trouble before it is not forgotten until it is over. `before` is the reason that stands there. */
export function toLastingReason(reason: ReadyReason, before: string | undefined): ReadyReason {
  const isUnended = isTrouble(before) || before === readyReasons.recovering;
  return reason === readyReasons.progressing && isUnended ? readyReasons.recovering : reason;
}
