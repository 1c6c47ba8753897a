// All topics of the stream: made when somebody wants them first, with the objects behind them shared where they can be.
import { KubeError } from '../../src/kube/kube-error.ts';
import { resources } from '../../src/kube/resources.ts';
import { occurrenceFieldSelector } from '../../src/protocol/event-items.ts';
import type { ItemOf } from '../../src/protocol/items.ts';
import type { Topic } from '../../src/protocol/messages.ts';
import { isRefused } from '../manager/caches/is-refused.ts';
import { registerWatchMetrics, type WatchSource } from '../manager/caches/watch-metrics.ts';
import { systemClock, type Clock } from '../manager/clock.ts';
import { formatWatch } from '../manager/create-cache.ts';
import type { Metrics } from '../manager/metrics.ts';
import type { Hub, Reader, Subscription, Wanted } from './hub.ts';
import { createEventState } from './hub/event-state.ts';
import { createPlainState, type ItemState } from './hub/item-state.ts';
import { createProjection, toItemJson } from './hub/kept.ts';
import { createLabelReader } from './hub/labels.ts';
import type { Follower } from './hub/follower.ts';
import { createOutlets } from './hub/outlet.ts';
import { createSight } from './hub/sight.ts';
import { createSource, type Source, type SourceParts } from './hub/source.ts';
import { TopicFeed } from './hub/topic-feed.ts';
import type { TopicStatus } from './hub/topic-status.ts';
import { whenKnown } from './hub/when-known.ts';

/** What a hub is made of. */
export interface HubParts extends SourceParts {
  /** Milliseconds since the epoch. */
  now: () => number;
  clock?: Clock;
  /** Its watches are shown beside those of the caches, as `stream applicationpersonas.dorgu.io`. */
  metrics?: Metrics;
  /** A topic is watched so long after its last reader has gone; default a minute. */
  lingerMs?: number;
  /** Readers are told that the API server is silent after so long; default 10 s. */
  unavailableMs?: number;
}

/** A hub that watches nothing yet. */
export function createHub(parts: HubParts): Hub {
  return new TopicHub(parts);
}

const watchedResources = {
  personas: { resource: resources.applicationPersonas, isOptional: true },
  cluster: { resource: resources.clusterPersonas, isOptional: true },
  deployments: { resource: resources.deployments, isOptional: false },
  events: { resource: resources.events, isOptional: false, fieldSelector: occurrenceFieldSelector },
} as const;

class TopicHub implements Hub {
  readonly name = 'stream topics';
  readonly #parts: HubParts;
  readonly #clock: Clock;
  readonly #outlets = createOutlets(() => this.#subscriptions.size);
  readonly #subscriptions = new Set<Follower>();
  readonly #readLabels = createLabelReader();
  readonly #sources = new Map<string, Source>();
  readonly #topics = new Map<string, TopicFeed>();
  #isStopped = false;

  constructor(parts: HubParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? systemClock;
    if (parts.metrics !== undefined)
      registerWatchMetrics(parts.metrics.registry, () => [...this.#listWatches()]);
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const topic of this.#topics.values()) topic.stop();
    await Promise.all([...this.#sources.values()].map((source) => source.whenStopped()));
  }

  /** It is its readers whom it tells what is wrong. */
  whyNotReady(): undefined {
    return undefined;
  }

  subscribe({ topic, requestId, interest }: Wanted, reader: Reader): Subscription {
    const sight = createSight(topic, interest);
    const feed = this.#feedOf(topic, interest.isWhole === true);
    const follower = feed.follow(sight, requestId, reader);
    this.#subscriptions.add(follower);
    return {
      wanted: { topic, requestId, interest },
      drained: () => feed.drained(follower),
      close: () => {
        this.#subscriptions.delete(follower);
        feed.leave(follower);
      },
    };
  }

  async list<T extends Topic>(
    topic: T,
    interest: Wanted['interest'],
    limit: { timeoutMs: number; signal: AbortSignal },
  ): Promise<ItemOf[T][]> {
    const { sees } = createSight(topic, interest);
    const feed = this.#feedOf(topic, interest.isWhole === true);
    feed.hold();
    try {
      await whenKnown(feed, this.#clock, limit);
      const texts = [...feed.items.values()].filter(sees).map((kept) => toItemJson(topic, kept));
      return JSON.parse(`[${texts.join(',')}]`) as ItemOf[T][];
    } finally {
      feed.release();
    }
  }

  *#listWatches(): Iterable<WatchSource> {
    for (const [key, { health, resource }] of this.#sources) {
      const whole = key.endsWith(' whole') ? ', whole' : '';
      if (health !== undefined)
        yield { name: `stream ${formatWatch(resource, undefined)}${whole}`, health: () => health };
    }
  }

  #log(topic: Topic, status: TopicStatus): void {
    const { logger } = this.#parts;
    if (status.is === 'unavailable' || (status.is === 'missing' && isRefused(status.message)))
      logger.warn('A topic of the stream is not kept up to date', { topic, reason: status.message });
    else logger.info('A topic of the stream stands otherwise', { topic, status: status.is });
  }

  /** Whole objects are followed apart: they weigh a multiple of their items, and hardly anybody asks for them. */
  #feedOf(topic: Topic, isWholeAsked: boolean): TopicFeed {
    if (this.#isStopped) throw new KubeError('ServiceUnavailable', 'the operator is stopping', {});
    const isWhole = isWholeAsked && topic !== 'events';
    const key = isWhole ? `${topic} whole` : topic;
    const known = this.#topics.get(key);
    if (known !== undefined) return known;
    const { now, logger, lingerMs = 60_000, unavailableMs = 10_000 } = this.#parts;
    const feed = new TopicFeed({
      ...{ topic, isWhole, now, lingerMs, unavailableMs },
      clock: this.#clock,
      outlets: this.#outlets,
      state: this.#createState(topic, isWhole),
      onStatus: (status) => this.#log(topic, status),
      onDefect: (error) => logger.error('A turn of the stream failed', { topic, error }),
    });
    this.#topics.set(key, feed);
    return feed;
  }

  #createState(topic: Topic, isWhole: boolean): ItemState {
    if (topic !== 'events') return createPlainState(this.#sourceOf(topic, isWhole));
    return createEventState(this.#sourceOf('personas', false), this.#sourceOf('events', false));
  }

  #sourceOf(topic: Topic, isWhole: boolean): Source {
    const key = isWhole ? `${topic} whole` : topic;
    const project = createProjection(topic, { readLabels: this.#readLabels, isWhole });
    const { client, logger, createReflector } = this.#parts;
    const source =
      this.#sources.get(key) ??
      createSource({ client, logger, createReflector }, { ...watchedResources[topic], project });
    this.#sources.set(key, source);
    return source;
  }
}
