// What a topic is made of: the objects of one resource, watched while somebody wants them, whether or not the cluster knows the kind.
import type { KubeClient } from '../../../src/kube/client.ts';
import type { Resource } from '../../../src/kube/resources.ts';
import type { WatchHealth } from '../../../src/kube/watch/reflector.ts';
import type { Cache } from '../../manager/cache.ts';
import type { ReflectorFactory } from '../../manager/caches/reflector-factory.ts';
import { createWatchedKinds, type WatchedKinds } from '../../manager/caches/watched-kinds.ts';
import { createCache } from '../../manager/create-cache.ts';
import type { Logger } from '../../manager/logger.ts';
import type { Kept, KeptChange, Projection } from './kept.ts';

/** What watches are made of. */
export interface SourceParts {
  client: KubeClient;
  logger: Logger;
  createReflector: ReflectorFactory;
}

/** What is watched. */
export interface SourceOptions {
  resource: Resource;
  fieldSelector?: string;
  /** The kind may be missing from the cluster. */
  isOptional: boolean;
  project: Projection;
}

/** Who follows a source. */
export interface SourceListener {
  /** Called synchronously, also for the objects of the first list. */
  onChange(change: KeptChange): void;
  /** `status` may be another. */
  onStatus(): void;
}

/** Objects of a resource. */
export interface Source {
  /** In the order of `Kept.order`; empty while nobody follows. */
  readonly objects: ReadonlyMap<string, Kept>;
  /** `waiting` for the first list; `missing` where the cluster does not know the kind. */
  readonly status: 'waiting' | 'missing' | 'known';
  /** Why nothing comes at the moment, in the server's words. */
  readonly failure: string | undefined;
  readonly resource: Resource;
  /** Of its watch; undefined while nobody follows, and while there is no such kind. */
  readonly health: WatchHealth | undefined;
  /** The first one starts the watch. */
  add(listener: SourceListener): void;
  /** The last one ends it. */
  remove(listener: SourceListener): void;
  /** Resolves once whatever was watched is not any more. */
  whenStopped(): Promise<void>;
}

/** Watches nothing yet. */
export function createSource(parts: SourceParts, options: SourceOptions): Source {
  return new WatchedSource(parts, options);
}

const nothing: ReadonlyMap<string, never> = new Map<string, never>();

/** One watch from its start to its end. */
interface Run {
  cache: Cache<Kept>;
  kinds: WatchedKinds;
}

class WatchedSource implements Source {
  readonly resource: Resource;
  readonly #parts: SourceParts;
  readonly #options: SourceOptions;
  readonly #listeners = new Set<SourceListener>();
  #run: Run | undefined;
  #stopped: Promise<void> = Promise.resolve();
  #lastOrder = 0;

  constructor(parts: SourceParts, options: SourceOptions) {
    this.resource = options.resource;
    this.#parts = parts;
    this.#options = options;
  }

  get objects(): ReadonlyMap<string, Kept> {
    return this.#run?.cache.objects ?? nothing;
  }

  get status(): Source['status'] {
    if (this.#run === undefined) return 'waiting';
    const { cache, kinds } = this.#run;
    if (!cache.isSynced) return 'waiting';
    return cache.isServed || !kinds.isKnown ? 'known' : 'missing';
  }

  get health(): WatchHealth | undefined {
    return this.#run?.cache.isServed === true ? this.#run.cache.health() : undefined;
  }

  get failure(): string | undefined {
    if (this.#run === undefined) return undefined;
    const { cache, kinds } = this.#run;
    // Without the kinds it is not even known whether there is something to watch.
    const isBegun = !this.#options.isOptional || cache.isServed;
    return isBegun ? cache.health().failure : kinds.watch.health().failure;
  }

  add(listener: SourceListener): void {
    this.#listeners.add(listener);
    this.#run ??= this.#begin();
  }

  remove(listener: SourceListener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size > 0 || this.#run === undefined) return;
    const { cache, kinds } = this.#run;
    this.#run = undefined;
    const before = this.#stopped;
    this.#stopped = Promise.allSettled([before, cache.stop(), kinds.watch.stop()]).then(() => undefined);
  }

  whenStopped(): Promise<void> {
    return this.#stopped;
  }

  #begin(): Run {
    const { client, logger } = this.#parts;
    const { resource, fieldSelector, isOptional, project } = this.#options;
    const tell = (): void => {
      if (this.#run !== undefined) for (const listener of [...this.#listeners]) listener.onStatus();
    };
    const createReflector: ReflectorFactory = (own, options) => {
      const reflector = this.#parts.createReflector(own, options);
      void reflector.synced.then(tell);
      return reflector;
    };
    const kinds = createWatchedKinds(client, createReflector);
    const cache = createCache(
      { client, logger, createReflector, kinds },
      { resource, isOptional, project, ...(fieldSelector === undefined ? {} : { fieldSelector }) },
    );
    kinds.onChange(tell);
    cache.onChange((change) => {
      if (this.#run?.cache !== cache) return;
      if (change.type === 'added') this.#take(change.key, undefined, change.value);
      else this.#take(change.key, change.previous, change.type === 'updated' ? change.value : undefined);
    });
    const run = { cache, kinds };
    this.#run = run;
    void cache.start();
    if (isOptional) kinds.watch.start();
    return run;
  }

  #take(key: string, before: Kept | undefined, after: Kept | undefined): void {
    if (after !== undefined) after.order = before?.order ?? (this.#lastOrder += 1);
    for (const listener of this.#listeners) listener.onChange({ key, before, after });
  }
}
