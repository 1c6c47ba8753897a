// One workload's word on the persona: phase, health and readiness by its rollout, its pods and the grace it has.
import { readyReasons } from '../api/conditions.ts';
import type { ApplicationPersonaStatus, HealthStatus } from '../api/personas.ts';
import type { Workload } from '../workload/workload.ts';
import { parseInstant } from './plain-text.ts';
import type { ContainerFailure } from './pod-failure.ts';
import { latest, summarisePods, type PodsSummary } from './pods.ts';
import { judgeRollout } from './rollout.ts';
import type { Rollout, RolloutState } from './rollout-verdict.ts';
import type { ReplicaTally } from './replica-tally.ts';
import { isTrouble, isUnderWay, toLastingReason, type ReadyReason } from './troubles.ts';

export type ApplicationPhase = NonNullable<ApplicationPersonaStatus['phase']>;

/** What a workload makes of its persona, before findings. */
export interface WorkloadVerdict {
  workload: Pick<Workload, 'kind' | 'name'>;
  phase: ApplicationPhase;
  health: NonNullable<HealthStatus['status']>;
  isReady: boolean;
  reason: ReadyReason;
  /** `2 of 3 available` */
  message: string;
  counts: ReplicaTally;
  failures: readonly ContainerFailure[];
  /** When the grace that it has ends, in milliseconds since 1970, where it has one. */
  graceEndsAt: number | undefined;
}

/** One workload as it was judged before. */
export interface WorkloadMemory {
  /** A reason of Ready. */
  reason: string;
  /** When anything of its health last changed, in milliseconds since 1970; undefined where nobody says. */
  changedAt: number | undefined;
  /** The replicas that were wanted; undefined where nobody says. */
  desired: number | undefined;
}

/** What one workload is judged with. */
export interface WorkloadObservation {
  workload: Workload;
  /** Its pods as the API has them; empty where unknown. */
  pods: readonly unknown[];
  /** health.startupGracePeriod, in milliseconds. */
  graceMs: number;
  now: Date;
  /** What the status before says of it, for what objects do not date themselves. */
  before: WorkloadMemory | undefined;
}

type Word = Pick<WorkloadVerdict, 'phase' | 'health' | 'isReady' | 'reason'>;

const words = {
  available: { phase: 'Active', health: 'Healthy', isReady: true, reason: readyReasons.available },
  idle: { phase: 'Active', health: 'Unknown', isReady: false, reason: readyReasons.scaledToZero },
  starting: { phase: 'Pending', health: 'Unknown', isReady: false, reason: readyReasons.progressing },
  updating: { phase: 'Active', health: 'Healthy', isReady: false, reason: readyReasons.progressing },
  growing: { phase: 'Active', health: 'Degraded', isReady: false, reason: readyReasons.progressing },
  partly: { phase: 'Degraded', health: 'Degraded', isReady: false, reason: readyReasons.partlyAvailable },
  stalled: { phase: 'Degraded', health: 'Degraded', isReady: false, reason: readyReasons.rolloutStalled },
  someFail: { phase: 'Degraded', health: 'Degraded', isReady: false, reason: readyReasons.podsFailing },
  allFail: { phase: 'Failed', health: 'Unhealthy', isReady: false, reason: readyReasons.podsFailing },
  unavailable: { phase: 'Failed', health: 'Unhealthy', isReady: false, reason: readyReasons.unavailable },
} as const satisfies Record<string, Word>;

/** Judges one workload. Never throws. */
export function judgeWorkload(observation: WorkloadObservation): WorkloadVerdict {
  const { workload, now } = observation;
  const rollout = judgeRollout(workload);
  const pods = summarisePods(observation.pods, now);
  const word = choose(observation, rollout, pods);
  const isAtRest = word === words.available || word === words.idle;
  const graceSince =
    word.reason === readyReasons.progressing ? findGraceStart(observation, rollout, pods) : undefined;
  const failures = isAtRest ? pods.failures : [...pods.failures, ...pods.endedFailures];
  return {
    ...word,
    workload,
    reason: toLastingReason(word.reason, observation.before?.reason),
    message: describe(word, rollout, failures),
    counts: rollout.counts,
    failures: word === words.idle ? [] : failures,
    graceEndsAt: graceSince === undefined ? undefined : graceSince + observation.graceMs,
  };
}

function choose(observation: WorkloadObservation, rollout: Rollout, pods: PodsSummary): Word {
  switch (rollout.state) {
    case 'complete':
      return words.available;
    case 'idle':
      return words.idle;
    case 'failed':
      return pods.failures.length + pods.endedFailures.length > 0 ? words.allFail : words.unavailable;
    case 'stalled':
      return choosePastGrace(rollout, pods);
    case 'paused':
    case 'short':
    case 'progressing':
      return chooseUnfinished(observation, rollout, pods);
  }
}

/** A rollout under way, or replicas that are missing. */
function chooseUnfinished(observation: WorkloadObservation, rollout: Rollout, pods: PodsSummary): Word {
  const { desired, available } = rollout.counts;
  if (rollout.state === 'paused' && available >= desired) return words.available;
  if (observation.workload.kind === 'CronJob') return words.someFail;
  const failing = chooseFailing(rollout, pods);
  if (failing !== undefined) return failing;
  if (!isWithinGrace(observation, rollout, pods)) return choosePastGrace(rollout, pods);
  if (available === 0 || isFirst(observation, rollout)) return words.starting;
  return available >= desired ? words.updating : words.growing;
}

/** Pods that fail need no grace. A pod that is ready may be missing from the list: it has nothing to tell. */
function chooseFailing({ counts }: Rollout, { live, failing }: PodsSummary): Word | undefined {
  if (counts.available > 0 || counts.ready > 0) return failing > 0 ? words.someFail : undefined;
  return live > 0 && failing === live ? words.allFail : undefined;
}

function choosePastGrace({ counts, state }: Rollout, { failing }: PodsSummary): Word {
  if (counts.available === 0) return failing > 0 ? words.allFail : words.unavailable;
  if (failing > 0) return words.someFail;
  return state === 'short' ? words.partly : words.stalled;
}

/** A rollout that was complete before, or an object that has been there for longer, is not the first. */
function isFirst({ workload, graceMs, now }: WorkloadObservation, { isFirst: may, state }: Rollout): boolean {
  if (!may || state === 'progressing') return may;
  const createdAt = parseInstant(workload.createdAt);
  return createdAt !== undefined && now.getTime() - createdAt <= graceMs;
}

function isWithinGrace(observation: WorkloadObservation, rollout: Rollout, pods: PodsSummary): boolean {
  const { graceMs, now, before } = observation;
  const since = findGraceStart(observation, rollout, pods);
  if (since !== undefined) return now.getTime() - since <= graceMs;
  return !isTrouble(before?.reason);
}

/** Grace is counted from when the rollout last got on; undefined where nothing tells. */
function findGraceStart(
  observation: WorkloadObservation,
  rollout: Rollout,
  pods: PodsSummary,
): number | undefined {
  const startedAt = pods.starting > 0 ? pods.youngestStartAt : undefined;
  return latest(latest(rollout.progressedAt, startedAt), findBeginning(observation, rollout));
}

/** When it began, as the status before tells: for kinds whose own status has no times, and for changes of scale. */
function findBeginning({ now, before }: WorkloadObservation, { state, counts }: Rollout): number | undefined {
  if (before === undefined) return undefined;
  if (isUnderWay(before.reason)) return before.changedAt;
  const hasGrown = counts.desired > (before.desired ?? counts.desired);
  return hasGrown || wasAtRest(before.reason, state) ? now.getTime() : undefined;
}

function wasAtRest(before: string, state: RolloutState): boolean {
  if (before === readyReasons.available) return state === 'progressing';
  return before === readyReasons.scaledToZero || before === readyReasons.noWorkload;
}

function describe(word: Word, rollout: Rollout, failures: readonly ContainerFailure[]): string {
  const [failure] = failures;
  if (word.reason !== readyReasons.podsFailing || failure === undefined) return rollout.message;
  const { container, reason, message } = failure;
  const place = container === undefined ? '' : `container ${container} `;
  return `${rollout.message}; ${place}${reason}${message === '' ? '' : `: ${message}`}`;
}
