// Figures of queues and reconciliations under controller-runtime's names, so that its dashboards and alerts fit.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** How a reconciliation ended. */
export type ReconcileOutcome = 'success' | 'requeue_after' | 'error';

/** The figures of one queue. Times in milliseconds. */
export interface QueueMetrics {
  added(): void;
  retried(): void;
  setDepth(keys: number): void;
  taken(waitedMs: number): void;
  setActive(workers: number): void;
  /** `outcome` undefined: it lost the lease, and counts as no outcome. */
  worked(tookMs: number, outcome: ReconcileOutcome | undefined): void;
  timedOut(): void;
}

/** Seconds; work is mostly in memory, so it begins below a millisecond. */
const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** A queue, as its figures need it. */
export interface MeasuredQueue {
  name: string;
  concurrency: number;
  /** How long each key has been worked on by now. */
  listAgesMs: () => readonly number[];
}

/** The figures of a queue; several queues share the metrics of a registry. */
export function createQueueMetrics(
  registry: Registry,
  { name, concurrency, listAgesMs }: MeasuredQueue,
): QueueMetrics {
  const { queues, ...families } = findFamilies(registry);
  queues.set(name, listAgesMs);
  const queue = { name, controller: name };
  const controller = { controller: name };
  families.maxWorkers.set(controller, concurrency);
  families.active.set(controller, 0);
  families.depth.set(queue, 0);
  const queued = families.queued.labels(queue);
  const work = families.work.labels(queue);
  const time = families.time.labels(controller);
  return {
    added: () => families.adds.inc(queue),
    retried: () => families.retries.inc(queue),
    setDepth: (keys) => families.depth.set(queue, keys),
    taken: (waitedMs) => queued.observe(waitedMs / 1000),
    setActive: (workers) => families.active.set(controller, workers),
    worked: (tookMs, outcome) => {
      work.observe(tookMs / 1000);
      if (outcome === undefined) return;
      time.observe(tookMs / 1000);
      families.total.inc({ controller: name, result: outcome });
      if (outcome === 'error') families.errors.inc(controller);
    },
    timedOut: () => families.timeouts.inc(controller),
  };
}

type Families = ReturnType<typeof createFamilies>;

const known = new WeakMap<Registry, Families>();

function findFamilies(registry: Registry): Families {
  const families = known.get(registry) ?? createFamilies(registry);
  known.set(registry, families);
  return families;
}

function createFamilies(registry: Registry) {
  const registers = [registry];
  const queue = ['name', 'controller'] as const;
  const controller = ['controller'] as const;
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Gauge({ name, help, labelNames, registers });
  const histogram = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Histogram({ name, help, labelNames, registers, buckets });
  const queues = new Map<string, MeasuredQueue['listAgesMs']>();
  registerRunning(registry, queues);
  return {
    queues,
    depth: gauge('workqueue_depth', 'Keys whose time has come and that wait for a worker', queue),
    adds: counter('workqueue_adds_total', 'Keys asked for', queue),
    retries: counter('workqueue_retries_total', 'Keys queued again after a failure', queue),
    queued: histogram('workqueue_queue_duration_seconds', 'Time that a due key waits for a worker', queue),
    work: histogram('workqueue_work_duration_seconds', 'Time that a key is worked on', queue),
    total: counter('controller_runtime_reconcile_total', 'Reconciliations by result', [
      'controller',
      'result',
    ] as const),
    errors: counter('controller_runtime_reconcile_errors_total', 'Reconciliations that failed', controller),
    timeouts: counter('controller_runtime_reconcile_timeouts_total', 'Reconciliations cut off', controller),
    time: histogram('controller_runtime_reconcile_time_seconds', 'Time of a reconciliation', controller),
    active: gauge('controller_runtime_active_workers', 'Workers that are busy', controller),
    maxWorkers: gauge('controller_runtime_max_concurrent_reconciles', 'Workers', controller),
  };
}

/** What is being worked on is measured when somebody looks: a key that hangs shows here before it is cut off. */
function registerRunning(registry: Registry, queues: ReadonlyMap<string, MeasuredQueue['listAgesMs']>): void {
  const running = (name: string, help: string, read: (agesMs: readonly number[]) => number): void => {
    const shown: Gauge<'name' | 'controller'> = new Gauge({
      name,
      help,
      labelNames: ['name', 'controller'],
      registers: [registry],
      collect: () => {
        for (const [queue, listAgesMs] of queues)
          shown.set({ name: queue, controller: queue }, read(listAgesMs()) / 1000);
      },
    });
  };
  running('workqueue_unfinished_work_seconds', 'Time spent on keys that are not done, together', (agesMs) =>
    agesMs.reduce((sum, ageMs) => sum + ageMs, 0),
  );
  running(
    'workqueue_longest_running_processor_seconds',
    'Time spent on the key that takes longest',
    (agesMs) => Math.max(0, ...agesMs),
  );
}
