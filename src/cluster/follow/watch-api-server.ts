// A topic as the API server itself tells it: the same items as the stream's, by lists and watches of our own.
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/kube-error.ts';
import { createReflector } from '../../kube/watch/create-reflector.ts';
import type { Change, Reflector } from '../../kube/watch/reflector.ts';
import type { WatchTuning } from '../../kube/watch/tuning.ts';
import type { ItemOf } from '../../protocol/items.ts';
import type { Topic } from '../../protocol/messages.ts';
import { confirmReadable, isPassing } from './confirm-readable.ts';
import type { FeedQuery } from './feed.ts';
import { createRefusalCount } from './refusal-count.ts';
import { toReason } from '../../socket/session-end.ts';
import { watchSilence } from './silence.ts';
import type { FeedSink } from './sink.ts';
import { topicPlans, type Kept, type TopicPlan } from './topic-plans.ts';

/** What it needs beside a client. */
export interface ApiWatchParts {
  /** Milliseconds since the epoch. */
  now: () => number;
  signal: AbortSignal;
  /** Something was told before: that the API server does not answer at the moment is then no reason to give up. */
  isResumed: boolean;
  /** A line for people: it does not answer, it answers again. */
  onNotice: (text: string) => void;
  /** So long it may be silent before that is said. */
  silenceMs: number;
  tuning: WatchTuning;
}

/**
 * Tells the state once it is whole, then changes, until the signal aborts, which resolves it.
 * @throws KubeError, DorguError for what waiting does not mend: no right, no such kind, a selector that cannot be read; where nothing was
 * told before, also that the API server does not answer
 */
export async function watchApiServer<T extends Topic>(
  client: KubeClient,
  query: FeedQuery<T>,
  sink: FeedSink<T>,
  parts: ApiWatchParts,
): Promise<void> {
  const plans = topicPlans[query.topic](query);
  try {
    await confirmReadable(client, plans, parts.signal);
  } catch (error) {
    if (parts.signal.aborted) return;
    if (!parts.isResumed || !isPassing(error)) throw error;
  }
  const watch = new TopicWatch(client, plans, sink, parts);
  await watch.run();
}

class TopicWatch<T extends Topic> {
  readonly #client: KubeClient;
  readonly #plans: readonly TopicPlan<T>[];
  readonly #sink: FeedSink<T>;
  readonly #parts: ApiWatchParts;
  readonly #reflectors: readonly Reflector<Kept<T>>[];
  readonly #failed = Promise.withResolvers<never>();
  readonly #refusals: ReturnType<typeof createRefusalCount>;
  readonly #isSelective: boolean;
  #isTelling = false;
  #isStateDue = false;

  constructor(client: KubeClient, plans: readonly TopicPlan<T>[], sink: FeedSink<T>, parts: ApiWatchParts) {
    this.#client = client;
    this.#plans = plans;
    this.#sink = sink;
    this.#parts = parts;
    this.#refusals = createRefusalCount(parts.now);
    this.#isSelective = plans.some(({ isSelecting }) => isSelecting === true);
    this.#reflectors = plans.map((plan) => this.#createReflector(plan));
  }

  async run(): Promise<void> {
    const { signal } = this.#parts;
    const { promise: ended, resolve: end } = Promise.withResolvers<undefined>();
    const onAbort = () => end(undefined);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) end(undefined);
    const stopLooking = this.#watchSilence();
    try {
      for (const reflector of this.#reflectors) reflector.start();
      const synced = Promise.all(this.#reflectors.map((reflector) => reflector.synced));
      await Promise.race([synced, ended, this.#failed.promise]);
      if (!signal.aborted) this.#begin();
      await Promise.race([ended, this.#failed.promise]);
    } finally {
      stopLooking();
      this.#isTelling = false;
      signal.removeEventListener('abort', onAbort);
      await Promise.all(this.#reflectors.map((reflector) => reflector.stop()));
    }
  }

  #watchSilence(): () => void {
    const { now, silenceMs: patienceMs, onNotice, signal } = this.#parts;
    const findFailure = (): string | undefined => {
      const failing = this.#reflectors.map((reflector) => reflector.health().failure);
      const failure = failing.find((one) => one !== undefined);
      return failure === undefined ? undefined : toReason(failure);
    };
    return watchSilence({
      ...{ findFailure, now, patienceMs },
      // The stream has come meanwhile.
      onNotice: (text) => {
        if (!signal.aborted) onNotice(text);
      },
    });
  }

  #createReflector({ resource, namespace, labelSelector, fieldSelector, project }: TopicPlan<T>) {
    return createReflector<Kept<T>>(
      this.#client,
      {
        resource,
        namespace,
        labelSelector,
        fieldSelector,
        project,
        onChange: (change) => this.#take(change),
        onTrouble: ({ error }) => this.#learn(error),
      },
      this.#parts.tuning,
    );
  }

  #begin(): void {
    this.#isTelling = true;
    this.#tellState();
  }

  #take(change: Change<Kept<T>>): void {
    this.#refusals.forget();
    if (!this.#isTelling) return;
    if (this.#isSelective) this.#tellStateSoon();
    else if (change.type === 'deleted') this.#tellItem(change.previous.item, true);
    else if (change.value.item !== undefined) this.#tellItem(change.value.item, false);
    // What makes no item any more is gone for whoever follows.
    else if (change.type === 'updated') this.#tellItem(change.previous.item, true);
  }

  #tellItem(item: ItemOf[T] | undefined, isGone: boolean): void {
    if (item !== undefined) this.#sink.onItem(item, isGone, this.#timestamp());
  }

  /** Several changes that come together are one state. */
  #tellStateSoon(): void {
    if (this.#isStateDue) return;
    this.#isStateDue = true;
    queueMicrotask(() => {
      this.#isStateDue = false;
      if (this.#isTelling) this.#tellState();
    });
  }

  #tellState(): void {
    const kept = this.#reflectors.map(({ objects }) => [...objects.values()]);
    const selecting = kept.filter((_, index) => this.#plans[index]?.isSelecting === true).flat();
    const personas = new Set(selecting.map(({ persona }) => persona));
    const items = kept
      .flat()
      .filter(({ persona }) => !this.#isSelective || personas.has(persona))
      .flatMap(({ item }) => (item === undefined ? [] : [item]));
    this.#sink.onState(items, this.#timestamp());
  }

  #timestamp(): string {
    return new Date(this.#parts.now()).toISOString();
  }

  /** A server that starts refuses for a second or three; one that goes on refusing is asked why, and its answer ends the watch. */
  #learn(error: unknown): void {
    const status = error instanceof KubeError ? error.httpStatus : undefined;
    if (status !== 401 && status !== 403 && status !== 404) return;
    if (!this.#refusals.isFinal()) return;
    confirmReadable(this.#client, this.#plans, this.#parts.signal).then(
      () => this.#refusals.forget(),
      (reason: unknown) => {
        if (!isPassing(reason) && !this.#parts.signal.aborted) this.#failed.reject(reason);
      },
    );
  }
}
