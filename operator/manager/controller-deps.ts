// What a controller is given: everything that reaches beyond its own decisions.
import type { KubeClient } from '../../src/kube/client.ts';
import type { Cache, CacheOptions } from './cache.ts';
import type { Component } from './component.ts';
import type { EventRecorder } from './events.ts';
import type { Leadership } from './leadership.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import type { Reconcile, WorkQueue } from './work-queue.ts';

/** Caches by what they are made from. */
export interface CacheFactory {
  /**
   * The cache of these options: the same one for the same options object, so that controllers that import one constant share
   * one watch. Asked for while controllers are made; the caches start before the controllers do.
   */
  get<T>(options: CacheOptions<T>): Cache<T>;
  /** Watches that the account may not have at the moment, each in the server's own words; in the order of the caches. */
  listRefusals(): readonly string[];
  /** Called when those have become others; within seconds. */
  onRefusals(listener: () => void): void;
}

/** A queue of one controller. */
export interface ControllerQueueOptions {
  /** As metrics and logs name it: `persona`. */
  name: string;
  /** What is reconciled when leading begins and on each resync: `() => personas.objects`. */
  keys: () => ReadonlyMap<string, unknown>;
  /** Nothing is worked on before these are synced: what a verdict would be wrong without. */
  after: readonly Pick<Cache<unknown>, 'name' | 'isSynced'>[];
  /** Default: the operator's --resync-interval. */
  resyncIntervalMs?: number;
  /** Default: the operator's --concurrency. */
  concurrency?: number;
  /** Limit of one reconciliation; default 60 s. */
  timeoutMs?: number;
}

/** What options say to controllers. */
export interface ControllerOptions {
  /** The operator's own namespace. */
  namespace: string;
  resyncIntervalMs: number;
  discoveryIntervalMs: number;
  concurrency: number;
  isArgoEnabled: boolean;
}

/**
 * A controller is `createXController(deps: ControllerDeps): Component`, made (caches asked for, listeners added), then started after the caches, and
 * stopped before them. Its queue is started and stopped by it.
 */
export interface ControllerDeps {
  client: KubeClient;
  caches: CacheFactory;
  leadership: Leadership;
  events: EventRecorder;
  /** Lines bear the controller's name already. */
  logger: Logger;
  metrics: Metrics;
  options: ControllerOptions;
  /**
   * A queue that works while this process leads, and forgets its keys when that ends; all `keys` are added when leading begins (again). While
   * following, `add` does nothing.
   */
  createQueue(reconcile: Reconcile, options: ControllerQueueOptions): WorkQueue & Component;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Between 0 and 1. */
  random: () => number;
}
