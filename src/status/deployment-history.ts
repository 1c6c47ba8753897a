// What has been rolled out: the versions of an application's workload, one record a rollout, from what the status said before.
import { maxStatusHistory } from '../api/limits.ts';
import type { DeploymentRecord, DeploymentTracking } from '../api/personas.ts';
import { fieldAt, textOf } from '../api/foreign-fields.ts';
import { splitImageReference } from '../workload/image-reference.ts';
import { findMainContainer } from '../workload/main-container.ts';
import type { Workload } from '../workload/workload.ts';
import { formatInstant, parseInstant, toLine } from './plain-text.ts';
import { isRolloutObserved, judgeRollout } from './rollout.ts';
import type { Rollout } from './rollout-verdict.ts';

/** How a rollout of the history went. A rollout that another one followed before it ended is superseded. */
export const rolloutOutcomes = {
  inProgress: 'InProgress',
  succeeded: 'Succeeded',
  failed: 'Failed',
  superseded: 'Superseded',
} as const;

/** What a history is made of. */
export interface RolloutObservation {
  /** The application's name: it decides which container is the main one. */
  name: string;
  /** The first of its workloads; undefined where there is none. */
  workload: Workload | undefined;
  /** Whether it is judged to fail: pods that fail, or a grace period that is over. */
  isFailing: boolean;
  previous: DeploymentTracking | undefined;
  now: Date;
}

/**
 * The tracking to write. Nothing in it changes while the rollout and its outcome stay, nor while the controller has not seen the latest change (its
 * revision is not known then) or a person has paused it; without a workload the history stays as it was, and nothing is current. Undefined where
 * there is nothing to tell. Never throws.
 */
export function trackDeployments(observation: RolloutObservation): DeploymentTracking | undefined {
  const { workload, previous, name } = observation;
  const version = workload === undefined ? undefined : readVersion(workload, name);
  if (workload === undefined || version === undefined)
    return previous === undefined ? undefined : withoutCurrent(previous);
  const rollout = judgeRollout(workload);
  if (!isRolloutObserved(workload) || rollout.state === 'paused') return previous;
  return toTracking(version, toHistory(observation, version, rollout), previous);
}

function toTracking(
  version: string,
  history: DeploymentRecord[],
  previous: DeploymentTracking | undefined,
): DeploymentTracking {
  const [latest] = history;
  const succeeded = latest?.status === rolloutOutcomes.succeeded ? version : previous?.lastSuccessful;
  const failed = latest?.status === rolloutOutcomes.failed ? version : withoutHealed(previous, history);
  return {
    current: version,
    ...(succeeded === undefined ? {} : { lastSuccessful: succeeded }),
    ...(failed === undefined ? {} : { lastFailed: failed }),
    history,
  };
}

function withoutCurrent({ current: _, ...rest }: DeploymentTracking): DeploymentTracking | undefined {
  return Object.keys(rest).length === 0 ? undefined : rest;
}

/** A version that failed at first and came up after all has not failed: the one before it that did stands there again. */
function withoutHealed(
  previous: DeploymentTracking | undefined,
  history: readonly DeploymentRecord[],
): string | undefined {
  const failed = previous?.lastFailed;
  const [latest] = history;
  const hasHealed = latest?.status === rolloutOutcomes.succeeded && latest.version === failed;
  if (!hasHealed || previous?.history?.[0]?.status !== rolloutOutcomes.failed) return failed;
  return history.find(({ status }) => status === rolloutOutcomes.failed)?.version;
}

function toHistory(observation: RolloutObservation, version: string, rollout: Rollout): DeploymentRecord[] {
  const { previous, workload } = observation;
  const before = previous?.history ?? [];
  const [latest] = before;
  const cause = workload === undefined ? '' : describeCause(workload);
  if (latest === undefined || !isSameRollout(latest, version, cause)) {
    const begun = before.length === 0 ? findBeginning(observation, rollout) : observation.now;
    const record = {
      version,
      timestamp: formatInstant(begun),
      status: judgeOutcome(undefined, rollout, observation.isFailing),
      ...(cause === '' ? {} : { triggeredBy: cause }),
    };
    return [record, ...supersede(before)].slice(0, maxStatusHistory);
  }
  const status = judgeOutcome(latest.status, rollout, observation.isFailing);
  return [{ ...latest, status }, ...before.slice(1)].slice(0, maxStatusHistory);
}

function isSameRollout(latest: DeploymentRecord, version: string, cause: string): boolean {
  return latest.version === version && (latest.triggeredBy ?? '') === cause;
}

function supersede([latest, ...rest]: readonly DeploymentRecord[]): DeploymentRecord[] {
  if (latest?.status !== rolloutOutcomes.inProgress) return latest === undefined ? [] : [latest, ...rest];
  return [{ ...latest, status: rolloutOutcomes.superseded }, ...rest];
}

/** Once a rollout has succeeded it has; pods that fail later are no matter of it. One that has failed may still come up. */
function judgeOutcome(before: string | undefined, rollout: Rollout, isFailing: boolean): string {
  if (before === rolloutOutcomes.succeeded) return before;
  if (rollout.state === 'complete') return rolloutOutcomes.succeeded;
  if (rollout.state === 'stalled' || rollout.state === 'failed' || isFailing) return rolloutOutcomes.failed;
  return before === rolloutOutcomes.failed ? before : rolloutOutcomes.inProgress;
}

/** Of a rollout that was there before us: when its controller last got on, else when the object was made. */
function findBeginning({ workload, now }: RolloutObservation, { progressedAt }: Rollout): Date {
  const at = progressedAt ?? parseInstant(workload?.createdAt);
  return at === undefined || at > now.getTime() ? now : new Date(at);
}

/** `shop:1.2.0`, the image without its registry; a digest stands for a tag that is missing, in its short form. */
function readVersion(workload: Workload, name: string): string | undefined {
  const image = findMainContainer(workload, name)?.image ?? '';
  if (image === '') return undefined;
  const { name: path, tag, digest } = splitImageReference(image);
  const last = path.slice(path.lastIndexOf('/') + 1);
  const suffix = tag === undefined ? shortenDigest(digest) : `:${tag}`;
  return toLine(`${last}${suffix}`) || undefined;
}

function shortenDigest(digest: string | undefined): string {
  if (digest === undefined) return '';
  const colon = digest.indexOf(':');
  return `@${digest.slice(0, colon + 13)}`;
}

const changeCause = 'kubernetes.io/change-cause';

/** Which rollout it is, so that a second one of the same image is told from the first: `Deployment shop, revision 3`. */
function describeCause(workload: Workload): string {
  const { kind, name, annotations } = workload;
  const revision = readRevision(workload);
  if (revision === '') return '';
  const cause = annotations.get(changeCause) ?? '';
  return toLine(`${kind} ${name}, revision ${revision}${cause === '' ? '' : `: ${cause}`}`);
}

function readRevision({ kind, name, annotations, status }: Workload): string {
  switch (kind) {
    case 'Deployment':
      return annotations.get('deployment.kubernetes.io/revision') ?? '';
    case 'Rollout':
      return annotations.get('rollout.argoproj.io/revision') ?? textOf(fieldAt(status, 'currentPodHash'));
    case 'StatefulSet':
      return withoutPrefix(textOf(fieldAt(status, 'updateRevision')), `${name}-`);
    case 'DaemonSet':
      return annotations.get('deprecated.daemonset.template.generation') ?? '';
    default:
      return '';
  }
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}
