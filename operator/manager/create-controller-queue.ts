// The queue of a controller: with the resync, the caches that it waits for, and the lead.
import type { Component } from './component.ts';
import type { ControllerQueueOptions } from './controller-deps.ts';
import { createResync } from './create-resync.ts';
import { createWorkQueue, type WorkQueueOptions } from './create-work-queue.ts';
import type { Leadership } from './leadership.ts';
import type { Reconcile, WorkQueue } from './work-queue.ts';

/** What all queues of the process have in common. */
export interface QueueParts extends Pick<WorkQueueOptions, 'logger' | 'metrics' | 'clock' | 'random'> {
  leadership: Leadership;
  concurrency: number;
  resyncIntervalMs: number;
}

/** See ControllerDeps.createQueue. */
export function createControllerQueue(
  parts: QueueParts,
  reconcile: Reconcile,
  options: ControllerQueueOptions,
): WorkQueue & Component {
  const { leadership, resyncIntervalMs, ...common } = parts;
  const queue = createWorkQueue(reconcile, {
    ...common,
    name: options.name,
    leadership,
    concurrency: options.concurrency ?? parts.concurrency,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    isOpen: () => options.after.every(({ isSynced }) => isSynced),
  });
  const resync = createResync(queue, {
    ...common,
    keys: options.keys,
    intervalMs: options.resyncIntervalMs ?? resyncIntervalMs,
  });
  leadership.onAcquired(() => {
    for (const key of options.keys().keys()) queue.add(key, { priority: 'resync' });
  });
  return {
    name: queue.name,
    add: (key, wanted) => queue.add(key, wanted),
    forget: (key) => queue.forget(key),
    start: async () => {
      await queue.start();
      await resync.start();
    },
    stop: async () => {
      await resync.stop();
      await queue.stop();
    },
    whyNotReady: () => queue.whyNotReady(),
  };
}
