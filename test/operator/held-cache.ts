// Caches that hold what a test puts into them: no server, no watch.
import type { Cache, CacheOptions } from '../../operator/manager/cache.ts';
import { Indices } from '../../operator/manager/caches/indices.ts';
import type { CacheFactory } from '../../operator/manager/controller-deps.ts';

/** A cache of what is put into it. */
export class HeldCache<T> implements Cache<T> {
  readonly name = 'held';
  readonly isSynced = true;
  readonly isServed = true;
  readonly objects = new Map<string, T>();
  readonly #options: CacheOptions<T>;
  readonly #indices: Indices<T>;

  constructor(options: CacheOptions<T>) {
    this.#options = options;
    this.#indices = new Indices(options.indices ?? {}, (_, error) => {
      throw error;
    });
  }

  /** Returns what is kept. */
  put(key: string, object: unknown): T | undefined {
    const value = this.#options.project(object);
    if (value === undefined) return undefined;
    this.objects.set(key, value);
    this.#indices.apply({ type: 'added', key, value });
    return value;
  }

  get = (key: string): T | undefined => this.objects.get(key);
  find = (index: string, value: string): readonly T[] => this.#indices.find(index, value);
  onChange = (): void => undefined;
  start = (): Promise<void> => Promise.resolve();
  stop = (): Promise<void> => Promise.resolve();
  whyNotReady = (): undefined => undefined;
  health(): never {
    throw new Error('nobody asks');
  }
}

/** A factory of those, one for each options object. */
export class HeldCaches implements CacheFactory {
  readonly #caches = new Map<object, Cache<unknown>>();

  get<T>(options: CacheOptions<T>): HeldCache<T> {
    const cache = (this.#caches.get(options) ?? new HeldCache(options)) as HeldCache<T>;
    this.#caches.set(options, cache);
    return cache;
  }

  listRefusals = (): readonly string[] => [];
  onRefusals = (): void => undefined;
}
