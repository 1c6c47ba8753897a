// The queue of one controller: keys in order, a worker for each, failures kept apart from each other.
import { randomUUID } from 'node:crypto';
import { systemClock, type Clock } from './clock.ts';
import type { Component } from './component.ts';
import { NotLeading, type Leadership } from './leadership.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import {
  chooseBackoff,
  computeBackoff,
  defaultBackoff,
  findAskedPause,
  type Backoff,
} from './queue/backoff.ts';
import { createQueueMetrics, type QueueMetrics } from './queue/queue-metrics.ts';
import { runLimited, type LimitedRun, type RunResult } from './queue/run-limited.ts';
import { mergeWishes, WaitingKeys, type Turn, type Wish } from './queue/waiting-keys.ts';
import type { Reconcile, WorkQueue } from './work-queue.ts';

/** How a queue works. */
export interface WorkQueueOptions {
  /** As metrics and logs name it: `persona`. */
  name: string;
  logger: Logger;
  metrics: Metrics;
  /** Keys worked on at once. */
  concurrency: number;
  /** Limit of one reconciliation. */
  timeoutMs?: number;
  /** Nothing is worked on while it is false; asked when keys wait. Default: always. */
  isOpen?: () => boolean;
  /** Given, keys are taken while leading only, and forgotten when that ends. */
  leadership?: Leadership | undefined;
  backoff?: Backoff;
  /** How long a stop lets running work finish. */
  drainMs?: number;
  clock?: Clock;
  random?: () => number;
}

interface Running {
  run: LimitedRun;
  startedAt: number;
  /** Wanted again meanwhile. */
  again: Wish | undefined;
  isForgotten: boolean;
}

/** A change of a key that has just failed brings it forward, but to no earlier than this after the failure. */
const minimumPauseMs = 1000;
/** A reconciliation that wants itself again at once would be a loop. */
const minimumRequeueMs = 50;
/** How often a closed queue looks whether it may open. */
const closedPauseMs = 25;

/** A queue; it works from its start to its stop, and takes keys before that too. */
export function createWorkQueue(reconcile: Reconcile, options: WorkQueueOptions): WorkQueue & Component {
  return new Queue(reconcile, options);
}

class Queue implements WorkQueue, Component {
  readonly name: string;
  readonly #reconcile: Reconcile;
  readonly #options: WorkQueueOptions;
  readonly #clock: Clock;
  readonly #metrics: QueueMetrics;
  readonly #waiting = new WaitingKeys();
  readonly #running = new Map<string, Running>();
  /** Failures in a row, and when the last one was; of keys that fail. */
  readonly #failures = new Map<string, { count: number; at: number }>();
  #state: 'new' | 'working' | 'stopped' = 'new';
  #isDeferred = false;
  #wakeUp: { at: number; cancel: () => void } | undefined;

  constructor(reconcile: Reconcile, options: WorkQueueOptions) {
    this.name = `queue ${options.name}`;
    this.#reconcile = reconcile;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#metrics = createQueueMetrics(options.metrics.registry, {
      name: options.name,
      concurrency: options.concurrency,
      listAgesMs: () => [...this.#running.values()].map(({ startedAt }) => this.#clock.now() - startedAt),
    });
  }

  start(): Promise<void> {
    if (this.#state === 'new') this.#state = 'working';
    this.#dispatchSoon();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#state = 'stopped';
    this.#wakeUp?.cancel();
    this.#waiting.clear();
    const runs = [...this.#running.values()].map(({ run }) => run);
    const cancel = this.#clock.setTimer(() => {
      for (const run of runs) run.abort(new Error('the operator stops'));
    }, this.#options.drainMs ?? 1500);
    const givenUp = new Promise<void>((resolve) => {
      this.#clock.setTimer(resolve, (this.#options.drainMs ?? 1500) + 500);
    });
    await Promise.race([Promise.all(runs.map(({ over }) => over)), givenUp]);
    cancel();
  }

  whyNotReady(): undefined {
    return undefined;
  }

  add(key: string, { priority = 'change', afterMs = 0 }: Parameters<WorkQueue['add']>[1] = {}): void {
    if (this.#state === 'stopped' || this.#options.leadership?.isLeader === false) return;
    this.#metrics.added();
    const wish = { priority, readyAt: this.#clock.now() + Math.max(0, afterMs) };
    const running = this.#running.get(key);
    if (running === undefined) this.#enqueue(key, this.#holdBack(key, wish));
    else {
      running.again = running.again === undefined ? wish : mergeWishes(running.again, wish);
      running.isForgotten = false;
    }
  }

  forget(key: string): void {
    this.#waiting.delete(key);
    this.#failures.delete(key);
    const running = this.#running.get(key);
    if (running === undefined) return;
    running.again = undefined;
    running.isForgotten = true;
  }

  /** A key that fails is not tried at the rate of its changes. */
  #holdBack(key: string, wish: Wish): Wish {
    const failed = this.#failures.get(key);
    if (failed === undefined) return wish;
    return { ...wish, readyAt: Math.max(wish.readyAt, failed.at + minimumPauseMs) };
  }

  #enqueue(key: string, wish: Wish): void {
    this.#waiting.add(key, wish, this.#clock.now());
    this.#dispatchSoon();
  }

  /** Each turn of the event loop gives work to idle workers once, so that streams and timers get theirs in between. */
  #dispatchSoon(): void {
    if (this.#isDeferred || this.#state !== 'working') return;
    this.#isDeferred = true;
    this.#clock.defer(() => {
      this.#isDeferred = false;
      if (this.#state === 'working') this.#dispatch();
    });
  }

  #dispatch(): void {
    const { leadership, isOpen = () => true, concurrency } = this.#options;
    if (leadership?.isLeader === false) {
      this.#waiting.clear();
      this.#failures.clear();
    }
    const now = this.#clock.now();
    if (this.#waiting.size > 0 && !isOpen()) {
      this.#sleepUntil(now + closedPauseMs, now);
      return;
    }
    while (this.#running.size < concurrency) {
      const turn = this.#waiting.take(now);
      if (turn === undefined) break;
      this.#work(turn, now);
    }
    this.#metrics.setDepth(this.#waiting.readyCount);
    const nextAt = this.#running.size < concurrency ? this.#waiting.nextAt() : undefined;
    if (nextAt !== undefined) this.#sleepUntil(nextAt, now);
  }

  #sleepUntil(at: number, now: number): void {
    if (this.#wakeUp !== undefined && this.#wakeUp.at <= at) return;
    this.#wakeUp?.cancel();
    const cancel = this.#clock.setTimer(() => {
      this.#wakeUp = undefined;
      this.#dispatchSoon();
    }, at - now);
    this.#wakeUp = { at, cancel };
  }

  #work({ key, readyAt }: Turn, startedAt: number): void {
    this.#metrics.taken(startedAt - readyAt);
    const reconcileId = randomUUID();
    const { timeoutMs = 60_000 } = this.#options;
    const run = runLimited(this.#reconcile, key, { clock: this.#clock, timeoutMs, reconcileId });
    this.#running.set(key, { run, startedAt, again: undefined, isForgotten: false });
    this.#metrics.setActive(this.#running.size);
    void run.over.then((result) => this.#finish(key, result, reconcileId, startedAt));
  }

  #finish(key: string, result: RunResult, reconcileId: string, startedAt: number): void {
    const now = this.#clock.now();
    const running = this.#running.get(key);
    this.#running.delete(key);
    this.#metrics.setActive(this.#running.size);
    const wish = this.#judge(key, result, reconcileId, now - startedAt);
    const isForgotten = running?.isForgotten === true;
    if (isForgotten) this.#failures.delete(key);
    if (this.#state === 'working' && !isForgotten) {
      if (wish !== undefined) this.#enqueue(key, wish);
      if (running?.again !== undefined) this.#enqueue(key, this.#holdBack(key, running.again));
    }
    this.#dispatchSoon();
  }

  /** What a result means: the next time that it asks for itself, if any. */
  #judge(key: string, result: RunResult, reconcileId: string, tookMs: number): Wish | undefined {
    const now = this.#clock.now();
    if (result.kind === 'done') {
      this.#failures.delete(key);
      this.#metrics.worked(tookMs, result.result === undefined ? 'success' : 'requeue_after');
      if (result.result === undefined) return undefined;
      return {
        priority: 'change',
        readyAt: now + Math.max(minimumRequeueMs, result.result.requeueAfterMs),
      };
    }
    if (result.kind === 'failed' && result.error instanceof NotLeading) {
      this.#metrics.worked(tookMs, undefined);
      return undefined;
    }
    return this.#fail(key, result, { reconcileId, tookMs, now });
  }

  #fail(
    key: string,
    result: Exclude<RunResult, { kind: 'done' }>,
    { reconcileId, tookMs, now }: { reconcileId: string; tookMs: number; now: number },
  ): Wish {
    const { backoff = defaultBackoff, random = Math.random, logger, timeoutMs = 60_000 } = this.#options;
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    this.#failures.set(key, { count, at: now });
    this.#metrics.worked(tookMs, 'error');
    this.#metrics.retried();
    const error = result.kind === 'failed' ? result.error : undefined;
    const pauseMs = Math.max(
      computeBackoff(chooseBackoff(backoff, error), count, random),
      findAskedPause(error),
    );
    const fields = {
      ...splitKey(key),
      reconcileID: reconcileId,
      failures: count,
      retryInMs: Math.round(pauseMs),
    };
    if (result.kind === 'timedOut') {
      this.#metrics.timedOut();
      logger.error('Reconciliation timed out', { ...fields, timeoutMs });
    } else if (this.#state === 'stopped') logger.debug('Reconciliation cut off', { ...fields, error });
    else logger.error('Reconciliation failed', { ...fields, error });
    return { priority: 'change', readyAt: now + pauseMs };
  }
}

/** As logs name objects. */
function splitKey(key: string): { namespace?: string; name: string } {
  const slash = key.indexOf('/');
  return slash < 0 ? { name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
