// Why a pod fails, if it does: one reason a container, in words that do not change while the cause stays the same.
import { fieldAt, fieldsOf, listOf, textOf, type Fields } from '../api/foreign-fields.ts';
import { conditionOf } from './object-conditions.ts';
import { formatCount, parseInstant, toLine, toParagraph } from './plain-text.ts';

/** One container that fails, or a whole pod where `container` is absent. */
export interface ContainerFailure {
  pod: string;
  container?: string;
  /** One word: the kubelet's, or `CrashLoopBackOff`, `OOMKilled`, `Unschedulable`, `Evicted`. */
  reason: string;
  /** One sentence; empty where nothing is known beyond the reason. */
  message: string;
}

/** Reasons to wait that pass by themselves: nothing fails yet. */
const harmless = new Set(['', 'ContainerCreating', 'PodInitializing']);

/** The kubelet forgives a container after ten minutes; so do we. */
const forgivenAfterMs = 600_000;

/** More containers than these no pod has. */
const maxContainers = 200;

/** Every failure of one pod of the API; empty for one that runs, starts, has finished or is being deleted. Never throws. */
export function findFailuresOfPod(pod: unknown, now: Date): ContainerFailure[] {
  const status = fieldAt(pod, 'status');
  const name = toLine(textOf(fieldAt(pod, 'metadata', 'name'))) || 'unknown';
  if (fieldAt(pod, 'metadata', 'deletionTimestamp') !== undefined) return [];
  const phase = textOf(fieldAt(status, 'phase'));
  if (phase === 'Succeeded') return [];
  const containers = [
    ...readContainers(status, 'initContainerStatuses', true),
    ...readContainers(status, 'containerStatuses', false),
  ];
  const failures = containers.flatMap((container) => findContainerFailure(container, now, phase) ?? []);
  if (failures.length > 0) return failures.map((failure) => ({ pod: name, ...failure }));
  const whole = phase === 'Failed' ? describeFailedPod(status) : describeUnschedulable(status);
  return whole === undefined ? [] : [{ pod: name, ...whole }];
}

interface ContainerStatus {
  fields: Fields;
  name: string;
  isInit: boolean;
}

function readContainers(status: unknown, field: string, isInit: boolean): ContainerStatus[] {
  return listOf(fieldAt(status, field))
    .slice(0, maxContainers)
    .map((entry) => ({ fields: fieldsOf(entry), name: toLine(textOf(fieldAt(entry, 'name'))), isInit }));
}

type Failure = Omit<ContainerFailure, 'pod'>;

function findContainerFailure(container: ContainerStatus, now: Date, phase: string): Failure | undefined {
  const { fields } = container;
  const waiting = textOf(fieldAt(fields, 'state', 'waiting', 'reason'));
  if (!harmless.has(waiting) && waiting !== 'CrashLoopBackOff') return describeWaiting(container, waiting);
  const ended = fieldAt(fields, 'state', 'terminated');
  const last = fieldAt(fields, 'lastState', 'terminated');
  if (waiting === 'CrashLoopBackOff') return describeCrash(container, last);
  if (hasFailed(ended)) return describeCrash(container, ended, phase === 'Failed');
  return isStartingAgain(fields, now) && hasFailed(last) ? describeCrash(container, last) : undefined;
}

/** Between two crashes a container runs, too, without ever becoming ready. */
function isStartingAgain(fields: Fields, now: Date): boolean {
  const startedAt = parseInstant(fieldAt(fields, 'state', 'running', 'startedAt'));
  const isYoung = startedAt !== undefined && now.getTime() - startedAt < forgivenAfterMs;
  return isYoung && fieldAt(fields, 'ready') !== true;
}

function hasFailed(terminated: unknown): boolean {
  const code = fieldAt(terminated, 'exitCode');
  return typeof code === 'number' && code !== 0;
}

/** The kubelet's two words for an image that does not come, in turns: one of them, so that the status rests. */
function describeWaiting({ fields, name, isInit }: ContainerStatus, reason: string): Failure {
  const isPull = reason === 'ErrImagePull' || reason === 'ImagePullBackOff';
  const said = textOf(fieldAt(fields, 'state', 'waiting', 'message'));
  const message = isPull ? describePull(said, textOf(fieldAt(fields, 'image'))) : said;
  return toFailure(name, isInit, isPull ? 'ImagePullBackOff' : reason, message);
}

function describePull(said: string, image: string): string {
  const told = said.startsWith('Back-off pulling image') ? afterFirst(said, ': ErrImagePull: ') : said;
  return told === '' ? `the image ${image} cannot be pulled` : told;
}

function afterFirst(text: string, separator: string): string {
  const at = text.indexOf(separator);
  return at < 0 ? '' : text.slice(at + separator.length);
}

/** Words of our own: the kubelet's name the back-off, which changes with each restart. */
function describeCrash(
  { fields, name, isInit }: ContainerStatus,
  terminated: unknown,
  isOver = false,
): Failure {
  const reason = textOf(fieldAt(terminated, 'reason'));
  const isOutOfMemory = reason === 'OOMKilled';
  const parts = [
    isOutOfMemory ? 'it used more memory than its limit' : '',
    ...describeExit(terminated),
    describeRestarts(fieldAt(fields, 'restartCount')),
    // What it wrote to its termination log, or why it could not be started.
    toParagraph(textOf(fieldAt(terminated, 'message')), 500),
  ];
  const message = parts.filter((part) => part !== '').join(', ');
  const word = isOver ? reason || 'Error' : 'CrashLoopBackOff';
  return toFailure(name, isInit, isOutOfMemory ? reason : word, message);
}

function describeExit(terminated: unknown): string[] {
  const code = fieldAt(terminated, 'exitCode');
  const signal = fieldAt(terminated, 'signal');
  return [
    typeof code === 'number' ? `exit code ${code}` : '',
    typeof signal === 'number' && signal > 0 ? `signal ${signal}` : '',
  ];
}

function describeRestarts(count: unknown): string {
  return typeof count === 'number' && count > 0 ? `restarted ${formatCount(count, 'time')}` : '';
}

function toFailure(container: string, isInit: boolean, reason: string, message: string): Failure {
  const text = isInit ? `init container: ${message}` : message;
  return { container, reason: toLine(reason, 100) || 'Unknown', message: toParagraph(text, 1000) };
}

/** Evicted, or ended in another way that no container tells. */
function describeFailedPod(status: unknown): Failure {
  const reason = textOf(fieldAt(status, 'reason'));
  return {
    reason: toLine(reason, 100) || 'Failed',
    message: toParagraph(textOf(fieldAt(status, 'message')), 1000),
  };
}

function describeUnschedulable(status: unknown): Failure | undefined {
  const scheduled = conditionOf(status, 'PodScheduled');
  if (scheduled?.status !== 'False' || scheduled.reason !== 'Unschedulable') return undefined;
  return { reason: 'Unschedulable', message: toParagraph(scheduled.message, 1000) };
}
