// How far a workload's rollout is, from its own status alone: the same word for the operator, `persona status` and `--wait`.
import { fieldAt, textOf } from '../api/foreign-fields.ts';
import { judgeCronJob, judgeJob } from './batch-rollout.ts';
import { conditionOf, conditionsOf } from './object-conditions.ts';
import { parseInstant } from './plain-text.ts';
import { countOf, tallyReplicas, type ReplicaTally } from './replica-tally.ts';
import type { RolloutSubject } from './rollout-subject.ts';
import type { Judgement, Rollout } from './rollout-verdict.ts';

/** Judges observedGeneration first: a status of an older spec says nothing of this one. Never throws. */
export function judgeRollout(subject: RolloutSubject): Rollout {
  const counts = tallyReplicas(subject);
  const isFirst = isFirstRollout(subject);
  if (isRolloutObserved(subject))
    return { ...judgeObserved(subject, counts), counts, isFirst, progressedAt: findProgress(subject) };
  const message = 'the controller has not seen the latest change yet';
  return { state: 'progressing', message, counts, isFirst, progressedAt: undefined };
}

/** Whether the controller has seen the latest spec. Kinds without observedGeneration are always current. */
export function isRolloutObserved({ kind, generation, status }: RolloutSubject): boolean {
  const observed = fieldAt(status, 'observedGeneration');
  // Argo Rollouts writes text; old ones a hash.
  const seen = typeof observed === 'string' && /^\d{1,15}$/.test(observed) ? Number(observed) : observed;
  if (typeof seen === 'number') return generation === undefined || seen >= generation;
  return !(kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet' || kind === 'ReplicaSet');
}

function judgeObserved(subject: RolloutSubject, counts: ReplicaTally): Judgement {
  if (subject.kind === 'CronJob') return judgeCronJob(subject);
  if (subject.kind === 'Job') return judgeJob(subject);
  if (subject.kind === 'Pod') return judgePod(subject);
  if (counts.desired > 0) return judgeReplicas(subject, counts);
  return { state: 'idle', message: subject.kind === 'DaemonSet' ? 'no node fits it' : 'scaled to 0' };
}

function judgeReplicas(subject: RolloutSubject, counts: ReplicaTally): Judgement {
  const { desired, updated, available } = counts;
  const isRolledOut = updated >= desired && !hasOldReplicas(subject, counts);
  if (isRolledOut && available >= desired)
    return { state: 'complete', message: `${available} of ${desired} available` };
  const failure = findFailure(subject);
  if (failure !== undefined) return { state: 'stalled', message: failure };
  if (isRolledOut && wasComplete(subject))
    return { state: 'short', message: `${available} of ${desired} available` };
  if (isPaused(subject))
    return { state: 'paused', message: `the rollout is paused, ${updated} of ${desired} updated` };
  return { state: 'progressing', message: describeProgress(counts, isRolledOut) };
}

function describeProgress({ desired, updated, available }: ReplicaTally, isRolledOut: boolean): string {
  if (updated < desired) return `${updated} of ${desired} updated`;
  if (!isRolledOut) return `${desired} of ${desired} updated, old replicas are still there`;
  return `${desired} of ${desired} updated, ${available} available`;
}

const gaveUp = new Set(['ProgressDeadlineExceeded', 'ReplicaSetCreateError']);

/** The controller's own words where it has given up. */
function findFailure({ kind, status }: RolloutSubject): string | undefined {
  if (kind !== 'Deployment' && kind !== 'Rollout' && kind !== 'ReplicaSet') return undefined;
  const failure = conditionsOf(status).find(
    ({ type, status: holds, reason }) =>
      (type === 'Progressing' && holds === 'False' && gaveUp.has(reason)) ||
      (type === 'ReplicaFailure' && holds === 'True'),
  );
  return failure && (failure.message || failure.reason);
}

/** Replicas of an older version that still run: a Deployment counts all of them. */
function hasOldReplicas({ kind, status }: RolloutSubject, { updated }: ReplicaTally): boolean {
  if (kind !== 'Deployment' && kind !== 'Rollout') return false;
  return countOf(fieldAt(status, 'replicas')) > updated;
}

/** Whether this version has been all there before. A Deployment says so; the others start and run short in the same way. */
function wasComplete({ kind, status }: RolloutSubject): boolean {
  return kind !== 'Deployment' || conditionOf(status, 'Progressing')?.reason === 'NewReplicaSetAvailable';
}

function isPaused({ kind, spec, status }: RolloutSubject): boolean {
  if (kind === 'Rollout') return fieldAt(status, 'phase') === 'Paused' || fieldAt(spec, 'paused') === true;
  return kind === 'Deployment' && fieldAt(spec, 'paused') === true;
}

const revisionAnnotation = 'deployment.kubernetes.io/revision';
const templateAnnotation = 'deprecated.daemonset.template.generation';

function isFirstRollout({ kind, annotations, status }: RolloutSubject): boolean {
  if (kind === 'Deployment') return (annotations?.get(revisionAnnotation) ?? '1') === '1';
  if (kind === 'DaemonSet') return (annotations?.get(templateAnnotation) ?? '1') === '1';
  if (kind !== 'StatefulSet') return true;
  return fieldAt(status, 'currentRevision') === fieldAt(status, 'updateRevision');
}

function findProgress({ kind, status, createdAt }: RolloutSubject): number | undefined {
  const progressing = kind === 'Deployment' ? conditionOf(status, 'Progressing') : undefined;
  return (
    parseInstant(progressing?.lastUpdateTime) ??
    parseInstant(progressing?.lastTransitionTime) ??
    parseInstant(createdAt)
  );
}

function judgePod({ status }: RolloutSubject): Judgement {
  const phase = textOf(fieldAt(status, 'phase'));
  const message = textOf(fieldAt(status, 'message'));
  if (phase === 'Failed') return { state: 'failed', message: message || 'the pod failed' };
  if (phase === 'Succeeded') return { state: 'complete', message: 'the pod has finished' };
  if (conditionOf(status, 'Ready')?.status === 'True')
    return { state: 'complete', message: 'the pod is ready' };
  return { state: 'progressing', message: `the pod is ${phase || 'not there yet'}` };
}
