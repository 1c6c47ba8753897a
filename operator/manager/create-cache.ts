// The live copy of one resource: a reflector with indices and listeners, begun and ended with its kind where that is optional.
import type { KubeClient } from '../../src/kube/client.ts';
import type { Resource } from '../../src/kube/resources.ts';
import type { Change, Reflector, ReflectorOptions, WatchHealth } from '../../src/kube/watch/reflector.ts';
import type { Cache, CacheOptions } from './cache.ts';
import { Indices } from './caches/indices.ts';
import { isRefused } from './caches/is-refused.ts';
import type { ReflectorFactory } from './caches/reflector-factory.ts';
import type { WatchedKinds } from './caches/watched-kinds.ts';
import type { Logger } from './logger.ts';

/** What a cache is made of. */
export interface CacheParts {
  client: KubeClient;
  logger: Logger;
  createReflector: ReflectorFactory;
  /** For optional kinds. */
  kinds: WatchedKinds;
}

const nothing: ReadonlyMap<string, never> = new Map<string, never>();

/** The health of a watch that need not be. */
const atRest: WatchHealth = {
  isSynced: true,
  failure: undefined,
  lastByteAtMs: undefined,
  lastEventAtMs: undefined,
  objects: 0,
  restarts: nothing,
  relists: nothing,
  skipped: 0,
};

/** `deployments.apps`, `pods in shop` */
export function formatWatch(resource: Resource, namespace: string | undefined): string {
  const { plural, group } = resource;
  const name = group === '' ? plural : `${plural}.${group}`;
  return namespace === undefined ? name : `${name} in ${namespace}`;
}

/** A cache; empty until it is started. */
export function createCache<T>(parts: CacheParts, options: CacheOptions<T>): Cache<T> {
  return new LiveCache(parts, options);
}

class LiveCache<T> implements Cache<T> {
  readonly name: string;
  readonly #parts: CacheParts;
  readonly #options: CacheOptions<T>;
  readonly #indices: Indices<T>;
  readonly #listeners: ((change: Change<T>) => void)[] = [];
  #reflector: Reflector<T> | undefined;
  #isRunning = false;

  constructor(parts: CacheParts, options: CacheOptions<T>) {
    this.name = `cache ${formatWatch(options.resource, options.namespace)}`;
    this.#parts = parts;
    this.#options = options;
    this.#indices = new Indices(options.indices ?? {}, (index, error) =>
      parts.logger.error('An index failed', { cache: this.name, index, error }),
    );
    if (options.isOptional) parts.kinds.onChange(() => this.#followKind());
  }

  get objects(): ReadonlyMap<string, T> {
    return this.#reflector?.objects ?? nothing;
  }

  get isServed(): boolean {
    return this.#options.isOptional !== true || this.#parts.kinds.has(this.#options.resource);
  }

  get isSynced(): boolean {
    if (this.#reflector !== undefined) return this.#reflector.isSynced;
    return this.#isRunning && this.#options.isOptional === true && this.#parts.kinds.isKnown;
  }

  get(key: string): T | undefined {
    return this.objects.get(key);
  }

  find(index: string, value: string): readonly T[] {
    return this.#indices.find(index, value);
  }

  onChange(listener: (change: Change<T>) => void): void {
    this.#listeners.push(listener);
  }

  health(): WatchHealth {
    return this.#reflector?.health() ?? { ...atRest, isSynced: this.isSynced };
  }

  start(): Promise<void> {
    this.#isRunning = true;
    if (this.#options.isOptional) this.#followKind();
    else this.#begin();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    await this.#reflector?.stop();
  }

  whyNotReady(): string | undefined {
    const { isSynced, failure } = this.health();
    const reason = failure === undefined ? '' : `: ${failure}`;
    if (!isSynced) return `first list${reason}`;
    // A right that was taken away degrades what needs it; it is no reason to be taken out of service.
    return failure === undefined || isRefused(failure) ? undefined : `watch fails${reason}`;
  }

  #followKind(): void {
    if (!this.#isRunning) return;
    const { logger } = this.#parts;
    if (this.isServed && this.#reflector === undefined) {
      logger.info('Optional kind is installed', { cache: this.name });
      this.#begin();
    } else if (!this.isServed && this.#reflector !== undefined && this.#parts.kinds.isKnown) {
      logger.info('Optional kind is gone', { cache: this.name });
      this.#end(this.#reflector);
    }
  }

  #begin(): void {
    const { indices: _, isOptional: __, ...watched } = this.#options;
    const options: ReflectorOptions<T> = {
      ...watched,
      onChange: (change) => {
        // One that was ended may have had something on its way.
        if (this.#reflector === reflector) this.#take(change);
      },
      onTrouble: ({ what, key, error }) =>
        this.#parts.logger.debug('A watch had trouble', { cache: this.name, trouble: what, key, error }),
    };
    const reflector = this.#parts.createReflector(this.#parts.client, options);
    this.#reflector = reflector;
    reflector.start();
  }

  /** What was there is told as deleted, when it can no longer be found. */
  #end(reflector: Reflector<T>): void {
    const last = [...reflector.objects];
    this.#reflector = undefined;
    void reflector.stop();
    for (const [key, previous] of last) this.#take({ type: 'deleted', key, previous });
  }

  #take(change: Change<T>): void {
    this.#indices.apply(change);
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (error) {
        this.#parts.logger.error('A listener of a cache failed', {
          cache: this.name,
          key: change.key,
          error,
        });
      }
    }
  }
}
