// All caches of the process: shared by those who ask for the same one, started together, watched over.
import type { KubeClient } from '../../src/kube/client.ts';
import type { WatchHealth } from '../../src/kube/watch/reflector.ts';
import type { Cache, CacheOptions } from './cache.ts';
import { isRefused } from './caches/is-refused.ts';
import type { ReflectorFactory } from './caches/reflector-factory.ts';
import { createWatchedKinds } from './caches/watched-kinds.ts';
import { registerWatchMetrics } from './caches/watch-metrics.ts';
import { systemClock, type Clock } from './clock.ts';
import type { Component } from './component.ts';
import type { CacheFactory } from './controller-deps.ts';
import { createCache } from './create-cache.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';

/** What they are made of. */
export interface CachesParts {
  client: KubeClient;
  logger: Logger;
  metrics: Metrics;
  createReflector: ReflectorFactory;
  clock?: Clock;
}

interface Watched {
  name: string;
  health(): WatchHealth;
  whyNotReady(): string | undefined;
}

/** How often failures and recoveries are looked for, to be logged. */
const lookMs = 2000;

/** A factory that starts and stops what it has made. */
export function createCaches(parts: CachesParts): CacheFactory & Component {
  return new Caches(parts);
}

class Caches implements CacheFactory, Component {
  readonly name = 'caches';
  readonly #parts: CachesParts;
  readonly #kinds;
  readonly #caches = new Map<object, Cache<unknown>>();
  readonly #failures = new Map<string, string>();
  readonly #onRefusals: (() => void)[] = [];
  #refusals = '';
  #cancel = (): void => undefined;
  #needsKinds = false;

  constructor(parts: CachesParts) {
    this.#parts = parts;
    this.#kinds = createWatchedKinds(parts.client, parts.createReflector);
    registerWatchMetrics(parts.metrics.registry, () =>
      this.#list().map((watched) => ({
        name: watched.name.replace('cache ', ''),
        health: () => watched.health(),
      })),
    );
  }

  get<T>(options: CacheOptions<T>): Cache<T> {
    const { client, logger, createReflector } = this.#parts;
    const before = this.#caches.get(options);
    if (before !== undefined) return before as Cache<T>;
    const cache = createCache({ client, logger, createReflector, kinds: this.#kinds }, options);
    this.#caches.set(options, cache);
    this.#needsKinds ||= options.isOptional === true;
    return cache;
  }

  listRefusals(): readonly string[] {
    return this.#list().flatMap((watched) => {
      const { failure } = watched.health();
      return failure !== undefined && isRefused(failure) ? [failure] : [];
    });
  }

  onRefusals(listener: () => void): void {
    this.#onRefusals.push(listener);
  }

  async start(): Promise<void> {
    if (this.#needsKinds) this.#kinds.watch.start();
    for (const cache of this.#caches.values()) await cache.start();
    this.#look();
  }

  async stop(): Promise<void> {
    this.#cancel();
    const stops = [...this.#caches.values()].map((cache) => cache.stop());
    if (this.#needsKinds) stops.push(this.#kinds.watch.stop());
    await Promise.allSettled(stops);
  }

  whyNotReady(): string | undefined {
    const reasons = this.#list()
      .map((watched) => ({ name: watched.name, why: watched.whyNotReady() }))
      .filter(({ why }) => why !== undefined)
      .map(({ name, why }) => `${name.replace('cache ', '')}: ${why ?? ''}`);
    return reasons.length === 0 ? undefined : reasons.join('; ');
  }

  #list(): Watched[] {
    const caches: Watched[] = [...this.#caches.values()];
    if (this.#needsKinds) caches.push(this.#kindsAsWatched());
    return caches;
  }

  #kindsAsWatched(): Watched {
    const kinds = this.#kinds;
    return {
      name: 'cache customresourcedefinitions.apiextensions.k8s.io',
      health: () => kinds.watch.health(),
      whyNotReady: () => {
        if (!kinds.isKnown) return 'first list';
        const { failure } = kinds.watch.health();
        return isRefused(failure) ? undefined : failure;
      },
    };
  }

  #look(): void {
    for (const watched of this.#list()) {
      const { name } = watched;
      const health = watched.health();
      const before = this.#failures.get(name);
      if (health.failure === before) continue;
      if (health.failure === undefined) {
        this.#failures.delete(name);
        this.#parts.logger.info('Watch works again', { cache: name });
      } else {
        this.#failures.set(name, health.failure);
        this.#parts.logger.warn('Watch fails', { cache: name, reason: health.failure });
      }
    }
    this.#tellRefusals();
    this.#cancel = (this.#parts.clock ?? systemClock).setTimer(() => this.#look(), lookMs);
  }

  #tellRefusals(): void {
    const refusals = this.listRefusals().join('\n');
    if (refusals === this.#refusals) return;
    this.#refusals = refusals;
    for (const listener of this.#onRefusals) listener();
  }
}
