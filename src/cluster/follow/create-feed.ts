// The feed of one topic: by the operator's stream where there is one, else by watching the API server, and back.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectedClient } from '../../kube/client.ts';
import type { WatchTuning } from '../../kube/watch/tuning.ts';
import type { Topic } from '../../protocol/messages.ts';
import { defaultSessionLimits, type SessionLimits } from '../../socket/session.ts';
import { createTeller, type Teller } from './create-teller.ts';
import type { Feed, FeedListener, FeedQuery } from './feed.ts';
import { followOnce } from './stream/follow-once.ts';
import { createOperatorRoute, type OperatorRoute, type RouteOptions } from './stream/operator-route.ts';
import {
  createReconnection,
  defaultReconnection,
  type Reconnection,
  type ReconnectionTuning,
} from './stream/reconnection.ts';
import { watchApiServer } from './watch-api-server.ts';

/** What tests shorten. */
export interface FeedTuning {
  watch?: WatchTuning;
  reconnection?: Partial<ReconnectionTuning>;
  limits?: Partial<SessionLimits>;
  /** Until a connection to the stream stands. */
  openMs?: number;
  /** How often the limits of a connection are looked at. */
  checkMs?: number;
}

/** What a feed needs to know beside its query. */
export interface FeedOptions extends RouteOptions {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** From 0 to 1, without 1. */
  random: () => number;
  tuning?: FeedTuning;
}

const defaultOpenMs = 8000;
const defaultCheckMs = 1000;

/** A feed; nothing is asked before it runs. @throws DorguError BadFlagValue for an `operatorUrl` that is none, or not of TLS */
export function createFeed<T extends Topic>(
  client: ConnectedClient,
  query: FeedQuery<T>,
  options: FeedOptions,
): Feed<T> {
  const openMs = options.tuning?.openMs ?? defaultOpenMs;
  const { now, random } = options;
  const route = createOperatorRoute(client, options, { now, random, connectTimeoutMs: openMs });
  return {
    async run(listener, signal) {
      const running = new RunningFeed(client, query, { ...options, route, openMs }, listener);
      await running.run(signal);
    },
  };
}

/** One run of a feed. */
class RunningFeed<T extends Topic> {
  readonly #client: ConnectedClient;
  readonly #query: FeedQuery<T>;
  readonly #options: FeedOptions & { route: OperatorRoute; openMs: number };
  readonly #listener: FeedListener<T>;
  readonly #teller: Teller<T>;
  readonly #reconnection: Reconnection;
  readonly #ending = new AbortController();
  readonly #failed = Promise.withResolvers<never>();
  /** Ends the watch of the API server; undefined while there is none. */
  #fallback: AbortController | undefined;
  /** The last watch of the API server; it resolves when its requests have ended. */
  #watch: Promise<void> | undefined;

  constructor(
    client: ConnectedClient,
    query: FeedQuery<T>,
    options: FeedOptions & { route: OperatorRoute; openMs: number },
    listener: FeedListener<T>,
  ) {
    this.#client = client;
    this.#query = query;
    this.#options = options;
    this.#listener = listener;
    this.#teller = createTeller(query.topic, listener);
    this.#reconnection = createReconnection(
      { ...defaultReconnection, ...options.tuning?.reconnection },
      options,
    );
  }

  async run(signal: AbortSignal): Promise<void> {
    const end = () => this.#ending.abort();
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    try {
      await Promise.race([this.#followStream(), this.#failed.promise]);
    } finally {
      signal.removeEventListener('abort', end);
      end();
      this.#stopFallback();
      await this.#watch;
    }
  }

  /** Until the end; what ends it otherwise is the API server's word. */
  async #followStream(): Promise<void> {
    const { signal } = this.#ending;
    let isRefused = false;
    for (;;) {
      const outcome = await this.#followOnce(isRefused);
      this.#teller.forgetPages();
      if (outcome.end.kind === 'stopped') return;
      const next = this.#reconnection.ended(outcome);
      isRefused = next.isRefused;
      if (next.fallBack !== undefined) this.#fallBack(next.fallBack);
      await sleep(next.pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  #followOnce(isRefused: boolean) {
    const { route, now, openMs, tuning = {} } = this.#options;
    return followOnce(
      this.#query,
      {
        onLive: () => this.#takeLive(),
        onPage: (page, timestamp) => this.#teller.onPage(page, timestamp),
        onItem: (item, isGone, timestamp) => this.#teller.onItem(item, isGone, timestamp),
      },
      {
        route,
        now,
        openMs,
        isRefused,
        limits: { ...defaultSessionLimits, ...tuning.limits },
        checkMs: tuning.checkMs ?? defaultCheckMs,
        signal: this.#ending.signal,
      },
    );
  }

  #takeLive(): void {
    this.#stopFallback();
    if (this.#reconnection.live().isNews) this.#listener.onNotice('stream resumed');
  }

  #stopFallback(): void {
    this.#fallback?.abort();
    this.#fallback = undefined;
  }

  #fallBack(reason: string): void {
    const fallback = new AbortController();
    this.#fallback = fallback;
    this.#listener.onNotice(`stream unavailable (${reason}): watching the API server instead`);
    const { now, tuning = {} } = this.#options;
    this.#watch = watchApiServer(this.#client, this.#query, this.#teller, {
      now,
      signal: fallback.signal,
      isResumed: this.#teller.hasState,
      tuning: tuning.watch ?? {},
    }).catch((error: unknown) => {
      // A stream that is live by now knows better.
      if (!fallback.signal.aborted) this.#failed.reject(error);
    });
  }
}
