// A cluster in memory for the controller: caches that tests fill, lists that tests answer, and statuses that are kept as an API server would.
import type { CacheOptions, Cache } from '../../../../operator/manager/cache.ts';
import { createClusterController } from '../../../../operator/controllers/cluster-persona/controller.ts';
import { createMetrics } from '../../../../operator/manager/metrics.ts';
import { createWorkQueue } from '../../../../operator/manager/create-work-queue.ts';
import type { EventFacts } from '../../../../operator/manager/events.ts';
import type { ControllerDeps } from '../../../../operator/manager/controller-deps.ts';
import type { ClusterPersona, ClusterPersonaStatus } from '../../../../src/api/personas.ts';
import type { KubeClient, KubeRequest, KubeResponse } from '../../../../src/kube/client.ts';
import { KubeError } from '../../../../src/kube/kube-error.ts';
import type { Change, WatchHealth } from '../../../../src/kube/watch/reflector.ts';
import { FakeClock } from '../../manager/fake-clock.ts';
import { createMemoryLogger } from '../../manager/memory-logger.ts';

/** A cache that tests change. */
export class PlayedCache implements Cache<unknown> {
  readonly name: string;
  readonly objects = new Map<string, unknown>();
  isSynced = true;
  isServed = true;
  failure: string | undefined;
  readonly #options: CacheOptions<unknown>;
  readonly #listeners: ((change: Change<unknown>) => void)[] = [];

  constructor(options: CacheOptions<unknown>) {
    this.#options = options;
    this.name = `cache ${options.resource.plural}`;
  }

  /** An object as the server would tell of it. */
  set(key: string, object: unknown): void {
    const value = this.#options.project(object);
    const previous = this.objects.get(key);
    this.objects.set(key, value);
    this.#tell(
      previous === undefined ? { type: 'added', key, value } : { type: 'updated', key, value, previous },
    );
  }

  delete(key: string): void {
    const previous = this.objects.get(key);
    this.objects.delete(key);
    this.#tell({ type: 'deleted', key, previous });
  }

  #tell(change: Change<unknown>): void {
    for (const listener of this.#listeners) listener(change);
  }

  get(key: string): unknown {
    return this.objects.get(key);
  }

  find(): never {
    throw new Error('there is no index');
  }

  onChange(listener: (change: Change<unknown>) => void): void {
    this.#listeners.push(listener);
  }

  health(): WatchHealth {
    const none = new Map<string, number>();
    const { isSynced, failure, objects } = this;
    const counts = { restarts: none, relists: none, skipped: 0, objects: objects.size };
    return { isSynced, failure, lastByteAtMs: 0, lastEventAtMs: 0, ...counts };
  }

  start = () => Promise.resolve();
  stop = () => Promise.resolve();
  whyNotReady = () => undefined;
}

/** The controller in its cluster. */
export class PlayedCluster {
  readonly clock = new FakeClock();
  readonly logger = createMemoryLogger();
  readonly metrics = createMetrics();
  readonly events: EventFacts[] = [];
  /** `GET /version`, in their order. */
  readonly requests: string[] = [];
  /** Statuses in the order of their writes. */
  readonly writes: { name: string; status: ClusterPersonaStatus }[] = [];
  /** What a path answers instead of an empty list. */
  readonly answers = new Map<string, unknown>();
  /** Paths that are refused, with the server's words. */
  readonly refusals = new Map<string, string>();
  /** What the next writes are answered with instead of being taken. */
  readonly writeFaults: KubeError[] = [];
  /** Watches that are refused, with the server's words; see {@link tellRefusals}. */
  watchRefusals: string[] = [];
  tellRefusals = (): void => undefined;
  readonly #caches = new Map<unknown, PlayedCache>();
  readonly #objects = new Map<string, ClusterPersona>();
  #version = 1;
  readonly controller = createClusterController(this.#createDeps());

  cache(plural: string): PlayedCache {
    const cache = [...this.#caches.values()].find(({ name }) => name === `cache ${plural}`);
    if (cache === undefined) throw new Error(`nobody watches ${plural}`);
    return cache;
  }

  /** Creates it, or gives it another spec. */
  apply(name: string, createdAt = '2026-01-01T00:00:00Z', generation = 1): void {
    const { status } = this.#objects.get(name) ?? {};
    this.#store({
      apiVersion: 'dorgu.io/v1',
      kind: 'ClusterPersona',
      metadata: { name, uid: `uid-${name}`, creationTimestamp: createdAt, generation },
      spec: { name },
      ...(status === undefined ? {} : { status }),
    });
  }

  remove(name: string): void {
    this.#objects.delete(name);
    this.cache('clusterpersonas').delete(name);
  }

  #store(persona: ClusterPersona): ClusterPersona {
    this.#version += 1;
    const metadata = { ...persona.metadata, resourceVersion: `${this.#version}` };
    const stored = { ...persona, metadata };
    this.#objects.set(metadata.name, stored);
    this.cache('clusterpersonas').set(metadata.name, stored);
    return stored;
  }

  /** Lets time pass, with turns enough for a discovery's promises before it and after. */
  async pass(ms: number): Promise<void> {
    for (let turn = 0; turn < 10; turn += 1) await this.clock.settle();
    await this.clock.advance(ms);
    for (let turn = 0; turn < 10; turn += 1) await this.clock.settle();
  }

  /** Requests since the last time. */
  takeRequests(): string[] {
    return this.requests.splice(0);
  }

  #answer({ method, path, query, body }: KubeRequest): unknown {
    this.requests.push(`${method} ${path}${query?.['fieldSelector'] === undefined ? '' : ' (some)'}`);
    const refusal = this.refusals.get(path);
    if (refusal !== undefined) throw new KubeError('Forbidden', refusal, { httpStatus: 403 });
    if (method === 'PATCH') return this.#write(body as ClusterPersona);
    if (path === '/version') return { gitVersion: 'v1.35.4' };
    return this.answers.get(path) ?? { items: [] };
  }

  #write({ metadata, status = {} }: ClusterPersona): ClusterPersona {
    const fault = this.writeFaults.shift();
    if (fault !== undefined) throw fault;
    const stored = this.#objects.get(metadata.name);
    if (stored?.metadata.resourceVersion !== metadata.resourceVersion || stored === undefined)
      throw new KubeError('Conflict', 'it has changed', { httpStatus: 409 });
    this.writes.push({ name: metadata.name, status });
    return this.#store({ ...stored, status });
  }

  #createDeps(): ControllerDeps {
    const { clock, logger, metrics } = this;
    const leadership = {
      isLeader: true,
      requireLeading: () => new AbortController().signal,
      onAcquired: () => undefined,
    };
    const client = {
      request: (request: KubeRequest): Promise<KubeResponse> =>
        Promise.resolve().then(() => ({ status: 200, warnings: [], body: this.#answer(request) })),
    };
    return {
      client: client as unknown as KubeClient,
      caches: {
        get: <T>(options: CacheOptions<T>) => {
          const cache = this.#caches.get(options) ?? new PlayedCache(options as CacheOptions<unknown>);
          this.#caches.set(options, cache);
          return cache as unknown as Cache<T>;
        },
        listRefusals: () => this.watchRefusals,
        onRefusals: (listener) => void (this.tellRefusals = listener),
      },
      leadership,
      logger,
      metrics,
      events: { record: (event) => void this.events.push(event) },
      options: {
        namespace: 'dorgu-system',
        resyncIntervalMs: 60_000,
        discoveryIntervalMs: 300_000,
        concurrency: 4,
        isArgoEnabled: true,
      },
      createQueue: (reconcile, { name }) =>
        createWorkQueue(reconcile, {
          name,
          logger,
          metrics,
          clock,
          concurrency: 1,
          leadership,
          random: () => 1,
        }),
      now: () => clock.now(),
      random: () => 0.5,
    };
  }
}
