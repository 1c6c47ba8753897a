// A queue on a clock that tests move, with a log that they read.
import { createWorkQueue, type WorkQueueOptions } from '../../../operator/manager/create-work-queue.ts';
import { createMetrics } from '../../../operator/manager/metrics.ts';
import type { Reconcile } from '../../../operator/manager/work-queue.ts';
import { FakeClock } from './fake-clock.ts';
import { createMemoryLogger } from './memory-logger.ts';

/** A started one; four workers, and jitter that always gives the longest pause, unless options say otherwise. */
export async function startQueue(reconcile: Reconcile, options: Partial<WorkQueueOptions> = {}) {
  const clock = new FakeClock();
  const logger = createMemoryLogger();
  const metrics = createMetrics();
  const queue = createWorkQueue(reconcile, {
    name: 'persona',
    logger,
    metrics,
    clock,
    concurrency: 4,
    random: () => 1,
    ...options,
  });
  await queue.start();
  return { queue, clock, logger, metrics };
}
