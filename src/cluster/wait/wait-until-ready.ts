// Waits until personas are as their specs want them, by kstatus' rules; a time limit says what is still missing.
import { setTimeout as sleep } from 'node:timers/promises';
import { DorguError } from '../../api/errors.ts';
import { fieldAt, listOf } from '../../api/foreign-fields.ts';
import { formatDuration } from '../../quantity/index.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { KubeObject } from '../../kube/objects.ts';
import { findObject } from '../../kube/read.ts';
import type { Resource } from '../../kube/resources.ts';
import { judgeReadiness, type Readiness } from '../../status/readiness.ts';
import { describeObject } from '../apply/persona-input.ts';
import { findOperator } from './find-operator.ts';

/** One persona to wait for. */
export interface Awaited {
  object: KubeObject;
  resource: Resource;
}

/** How long, and who is told. */
export interface WaitOptions {
  timeoutMs: number;
  signal: AbortSignal;
  /** Called where nothing in the cluster would ever write the status of a persona that has none. */
  onNoOperator?: () => void;
  /** What is waited for right now. */
  onProgress?: (text: string) => void;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1000;

/**
 * Resolves with the objects as they are when all are ready.
 * @throws DorguError Timeout (exit code 8) naming object, condition, reason, message and how long; NotReady for one that failed or went away
 */
export async function waitUntilReady(
  client: KubeClient,
  awaited: readonly Awaited[],
  options: WaitOptions,
): Promise<KubeObject[]> {
  const endsAt = performance.now() + options.timeoutMs;
  const ready: KubeObject[] = [];
  for (const one of awaited) ready.push(await waitForOne(client, one, { ...options, endsAt }));
  return ready;
}

async function waitForOne(
  client: KubeClient,
  one: Awaited,
  options: WaitOptions & { endsAt: number },
): Promise<KubeObject> {
  const { endsAt, signal } = options;
  const first = await look(client, one, signal);
  if (!hasConditions(first.object) && !(await findOperator(client, signal))) options.onNoOperator?.();
  for (let state = first, pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
    const { object, readiness } = state;
    if (readiness.status === 'Current' && object !== undefined) return object;
    assertHopeful(one.object, readiness);
    const leftMs = endsAt - performance.now();
    if (leftMs <= 0) throw await createTimeoutError(client, one.object, state, options);
    options.onProgress?.(`waiting for ${describeObject(one.object)}: ${readiness.message}`);
    await sleep(Math.min(pauseMs, leftMs), undefined, { signal });
    state = await look(client, one, signal);
  }
}

interface State {
  object: KubeObject | undefined;
  readiness: Readiness;
}

async function look(client: KubeClient, { object, resource }: Awaited, signal: AbortSignal): Promise<State> {
  const live = await findObject(client, resource, object.metadata, { signal });
  const readiness = judgeReadiness(live);
  // kstatus takes an object without conditions for one that has none; ours always have them once anybody has looked.
  if (readiness.status === 'Current' && !hasConditions(live))
    return {
      object: live,
      readiness: { status: 'InProgress', message: 'nobody has written its status yet' },
    };
  return { object: live, readiness };
}

const hasConditions = (object: KubeObject | undefined) =>
  listOf(fieldAt(object, 'status', 'conditions')).length > 0;

/** What failed for good, or is gone, does not become ready by waiting. */
function assertHopeful(object: KubeObject, { status, message }: Readiness): void {
  if (status === 'InProgress' || status === 'Current') return;
  throw new DorguError('NotReady', `${describeObject(object)} does not become ready: ${message}`, {
    hint: hintFor(object),
  });
}

async function createTimeoutError(
  client: KubeClient,
  object: KubeObject,
  { object: live, readiness }: State,
  { timeoutMs, signal }: WaitOptions,
): Promise<DorguError> {
  const { condition, message } = readiness;
  const waited = formatDuration(timeoutMs);
  const found =
    condition === undefined
      ? message
      : `condition ${condition.type} is ${condition.status}, ${condition.reason}: ${message}`;
  const isUnwatched = !hasConditions(live) && !(await findOperator(client, signal));
  return new DorguError('Timeout', `${describeObject(object)} is not ready after ${waited}: ${found}`, {
    ...(isUnwatched
      ? { cause: 'no operator runs in this cluster: nobody writes the status of personas' }
      : {}),
    hint: hintFor(object),
  });
}

function hintFor({ kind, metadata: { name, namespace } }: KubeObject): string {
  if (kind === 'ClusterPersona') return 'kubectl dorgu cluster status says what is missing';
  return `kubectl dorgu persona status ${name}${namespace === undefined ? '' : ` -n ${namespace}`} says what is missing`;
}
