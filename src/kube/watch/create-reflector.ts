// The live copy of one resource: lists, watches, resumes, and never gives up.
import type { KubeClient } from '../client.ts';
import type { Resource } from '../resources.ts';
import { goodEnding, toEnding, type Ending } from './endings.ts';
import { followEvents, followList, WatchListUnknown } from './event-stream.ts';
import { HealthRecord } from './health-record.ts';
import { ObjectStore } from './object-store.ts';
import { beginPageList, type PageList } from './page-list.ts';
import { createPauses, type Pauses } from './pauses.ts';
import type { Reflector, ReflectorOptions, WatchHealth } from './reflector.ts';
import { createStreamOrder } from './stream-order.ts';
import { defaultTuning, type WatchTuning } from './tuning.ts';
import type { WatchParts } from './watch-parts.ts';

/** A reflector; nothing is sent before it is started. */
export function createReflector<T>(
  client: KubeClient,
  options: ReflectorOptions<T>,
  tuning: WatchTuning = {},
): Reflector<T> {
  return new LiveReflector(client, options, { ...defaultTuning, ...tuning });
}

/** Streams that fail at the same place so often are not resumed again: a list may get past it. */
const fruitlessLimit = 3;
/** Lists in pages that expire while they are read, before all is asked for at once. */
const expiredLimit = 2;

class LiveReflector<T> implements Reflector<T> {
  readonly resource: Resource;
  readonly objects: ReadonlyMap<string, T>;
  readonly synced: Promise<void>;
  readonly #parts: WatchParts<T>;
  readonly #pauses: Pauses;
  readonly #ending = new AbortController();
  readonly #onSynced: () => void;
  #running: Promise<void> | undefined;
  #isWatchListTried: boolean;
  /** Pages for the next list only: the last WatchList did not come to its end. */
  #isPagedNext = false;
  #pages: PageList | undefined;
  #expiredLists = 0;
  #fruitless = 0;
  /** Why the next list is needed; undefined for the first. */
  #listReason: string | undefined;
  /** When the stream that runs was opened. */
  #openedAtMs: number | undefined;

  constructor(client: KubeClient, options: ReflectorOptions<T>, tuning: Required<WatchTuning>) {
    const store = new ObjectStore(options);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.resource = options.resource;
    this.objects = store.objects;
    this.synced = promise;
    this.#onSynced = () => resolve(undefined);
    this.#isWatchListTried = tuning.isWatchListTried;
    this.#pauses = createPauses(tuning);
    this.#parts = {
      client,
      options,
      tuning,
      store,
      order: createStreamOrder(),
      health: new HealthRecord(),
      signal: this.#ending.signal,
    };
  }

  get isSynced(): boolean {
    return this.#parts.health.isSynced;
  }

  health(): WatchHealth {
    const { health, store } = this.#parts;
    return health.read({ objects: store.objects.size, skipped: store.skipped });
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { tuning, signal } = this.#parts;
    while (!signal.aborted) {
      const pauseMs = await this.#attempt();
      if (pauseMs > 0) await tuning.sleep(pauseMs, signal);
    }
  }

  /** One request from beginning to end; resolves with the pause after it. */
  async #attempt(): Promise<number> {
    const { order, tuning, signal } = this.#parts;
    const from = order.resourceVersion;
    this.#openedAtMs = undefined;
    try {
      if (from === undefined && (this.#isPagedNext || !this.#isWatchListTried)) {
        await this.#readPage();
        return 0;
      }
      const listener = {
        onOpen: () => void (this.#openedAtMs = tuning.now()),
        onListed: () => this.#takeListed(),
      };
      await (from === undefined ? followList : followEvents)(this.#parts, listener);
      return this.#conclude(goodEnding, from);
    } catch (error) {
      if (signal.aborted) return 0;
      return this.#conclude(this.#learn(error), from);
    }
  }

  async #readPage(): Promise<void> {
    this.#pages ??= beginPageList(this.#parts, { isPaged: this.#expiredLists < expiredLimit });
    if (!(await this.#pages.next())) return;
    this.#expiredLists = 0;
    this.#takeListed();
  }

  #takeListed(): void {
    const { health } = this.#parts;
    this.#pages = undefined;
    this.#isPagedNext = false;
    if (this.#listReason !== undefined) health.relisted(this.#listReason);
    this.#listReason = undefined;
    health.isSynced = true;
    this.#onSynced();
  }

  /** What an error says about how to go on. */
  #learn(error: unknown): Ending {
    const isList = this.#parts.order.resourceVersion === undefined;
    const ending = toEnding(error);
    if (!isList) return ending;
    if (this.#pages !== undefined) {
      if (ending.listNeeded !== undefined) {
        if (this.#pages.isBegun) this.#expiredLists += 1;
        this.#pages = undefined;
      }
      return ending;
    }
    this.#isPagedNext = this.#openedAtMs !== undefined;
    // 400 and 422 are the server's way to say that it does not know the question.
    if (error instanceof WatchListUnknown || ending.reason === 'rejected') {
      this.#isWatchListTried = false;
      return { ...goodEnding, reason: 'rejected' };
    }
    return ending;
  }

  #conclude(ending: Ending, from: string | undefined): number {
    const { health, options, tuning } = this.#parts;
    const { reason, failure, error } = ending;
    if (failure !== undefined) health.failure = failure;
    if (reason !== 'eof') options.onTrouble?.({ what: `a request has ended: ${reason}`, error });
    if (this.#openedAtMs !== undefined || reason === 'stalled') health.restarted(reason);
    this.#loseOrder(ending, from);
    if (this.#openedAtMs !== undefined) return this.#pauses.after(ending, tuning.now() - this.#openedAtMs);
    // A server that does not even begin to answer is as good as away.
    return this.#pauses.after({ ...ending, reason: reason === 'stalled' ? 'unreachable' : reason }, 0);
  }

  /** Where resuming makes no sense, or has not helped. */
  #loseOrder({ reason, listNeeded }: Ending, from: string | undefined): void {
    const { order } = this.#parts;
    const isFruitless = (reason === 'error' || reason === 'malformed') && this.#openedAtMs !== undefined;
    this.#fruitless = isFruitless && order.resourceVersion === from ? this.#fruitless + 1 : 0;
    const why = listNeeded ?? (this.#fruitless >= fruitlessLimit ? 'fruitless' : undefined);
    if (why === undefined || order.resourceVersion === undefined) return;
    this.#listReason = why;
    this.#fruitless = 0;
    order.lose();
  }
}
