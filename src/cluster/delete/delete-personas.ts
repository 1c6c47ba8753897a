// Deletes personas one after the other, and waits until they are gone.
import { setTimeout as sleep } from 'node:timers/promises';
import { DorguError } from '../../api/errors.ts';
import type { KubeClient } from '../../kube/client.ts';
import { deleteObject } from '../../kube/delete.ts';
import { KubeError } from '../../kube/kube-error.ts';
import { findObject } from '../../kube/read.ts';
import { formatDuration } from '../../quantity/index.ts';
import { describeObject } from '../apply/persona-input.ts';
import type { Doomed } from './find-doomed.ts';

/** How to delete. */
export interface DeletionOptions {
  dryRun: 'none' | 'client' | 'server';
  signal: AbortSignal;
}

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1000;

/** Each as soon as its deletion is asked for. @throws KubeError; its details say what was deleted before, and what was not */
export async function* deletePersonas(
  client: KubeClient,
  doomed: readonly Doomed[],
  { dryRun, signal }: DeletionOptions,
): AsyncGenerator<Doomed, void, undefined> {
  for (const [index, one] of doomed.entries()) {
    signal.throwIfAborted();
    try {
      if (dryRun !== 'client') await deleteOne(client, one, dryRun === 'server', signal);
    } catch (error) {
      throw withProgress(error, doomed, index, dryRun !== 'none');
    }
    yield one;
  }
}

async function deleteOne(
  client: KubeClient,
  { object, resource }: Doomed,
  isDryRun: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { uid } = object.metadata;
  try {
    // What took its name since it was looked up is somebody else's.
    const preconditions = uid === undefined ? {} : { uid };
    await deleteObject(client, resource, object.metadata, { isDryRun, preconditions, signal });
  } catch (error) {
    // Somebody was faster.
    if (!(error instanceof KubeError && error.httpStatus === 404)) throw error;
  }
}

/** Waits until all are gone. @throws DorguError Timeout (exit code 8) naming the finalizers that hold one */
export async function waitUntilGone(
  client: KubeClient,
  doomed: readonly Doomed[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<void> {
  const endsAt = performance.now() + timeoutMs;
  for (const { object, resource } of doomed) {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const live = await findObject(client, resource, object.metadata, { signal });
      if (live === undefined || live.metadata.uid !== object.metadata.uid) break;
      const leftMs = endsAt - performance.now();
      if (leftMs <= 0) throw createTimeoutError({ object: live, resource }, timeoutMs);
      await sleep(Math.min(pauseMs, leftMs), undefined, { signal });
    }
  }
}

function createTimeoutError({ object }: Doomed, timeoutMs: number): DorguError {
  const { finalizers = [], name, namespace } = object.metadata;
  const holders = finalizers.length === 0 ? '' : `: finalizers ${finalizers.join(', ')} hold it`;
  const where = namespace === undefined ? '' : ` -n ${namespace}`;
  return new DorguError(
    'Timeout',
    `${describeObject(object)} is still there after ${formatDuration(timeoutMs)}${holders}`,
    {
      hint: `kubectl get ${object.kind.toLowerCase()} ${name}${where} -o yaml shows it; --wait=false does not wait`,
    },
  );
}

function withProgress(
  error: unknown,
  doomed: readonly Doomed[],
  failedAt: number,
  isDryRun: boolean,
): unknown {
  if (!(error instanceof KubeError) || doomed.length === 1 || isDryRun) return error;
  const names = (some: readonly Doomed[]) => some.map(({ object }) => describeObject(object)).join(', ');
  const gone = doomed.slice(0, failedAt);
  const { code, message, kind, hint, cause, status, httpStatus } = error;
  return new KubeError(code, message, {
    kind,
    hint,
    cause,
    details: [
      ...error.details,
      gone.length === 0 ? 'nothing was deleted' : `deleted: ${names(gone)}`,
      `not deleted: ${names(doomed.slice(failedAt))}`,
    ],
    ...(status === undefined ? {} : { status }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
  });
}
