// One run of a feed: the stream wherever it can be had, the API server meanwhile, and one memory of what was told.
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeClient } from '../../kube/client.ts';
import type { WatchTuning } from '../../kube/watch/tuning.ts';
import type { Topic } from '../../protocol/messages.ts';
import { defaultSessionLimits, type SessionLimits } from '../../socket/session.ts';
import { createTeller, type Teller } from './create-teller.ts';
import type { FeedListener, FeedQuery } from './feed.ts';
import { guardListener } from './guard-listener.ts';
import { followOnce } from './stream/follow-once.ts';
import type { OperatorRoute } from './stream/operator-route.ts';
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
  /** Until a connection to the stream stands, in milliseconds. */
  openMs?: number;
  /** How often the limits of a connection are looked at, in milliseconds. */
  checkMs?: number;
  /** While the API server is watched: how long it may be silent before that is said, in milliseconds. */
  silenceMs?: number;
}

/** What is joined here. */
export interface FeedParts<T extends Topic> {
  client: KubeClient;
  query: FeedQuery<T>;
  route: OperatorRoute;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** From 0 to 1, without 1. */
  random: () => number;
  tuning: FeedTuning;
  listener: FeedListener<T>;
}

/** Until a connection to the stream stands, all requests on the way there included. In milliseconds. */
export const defaultOpenMs = 8000;
const defaultCheckMs = 1000;
const defaultSilenceMs = 5000;

/** As the contract of a feed says. */
export async function runFeed<T extends Topic>(parts: FeedParts<T>, signal: AbortSignal): Promise<void> {
  await new FeedRun(parts).run(signal);
}

class FeedRun<T extends Topic> {
  readonly #parts: FeedParts<T>;
  readonly #listener: FeedListener<T>;
  readonly #teller: Teller<T>;
  readonly #reconnection: Reconnection;
  readonly #ending = new AbortController();
  readonly #failed = Promise.withResolvers<never>();
  /** Ends the watch of the API server; undefined while there is none. */
  #fallback: AbortController | undefined;
  /** The last watch of the API server; it resolves when its requests have ended. */
  #watch: Promise<void> | undefined;

  constructor(parts: FeedParts<T>) {
    this.#parts = parts;
    this.#listener = guardListener(parts.listener, (error) => this.#failed.reject(error));
    this.#teller = createTeller(parts.query.topic, this.#listener, parts.now);
    this.#reconnection = createReconnection({ ...defaultReconnection, ...parts.tuning.reconnection }, parts);
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
      this.#teller.close();
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
    const { query, route, now, tuning } = this.#parts;
    return followOnce(
      query,
      {
        onLive: () => this.#takeLive(),
        onPage: (page, timestamp) => this.#teller.onPage(page, timestamp),
        onItem: (item, isGone, timestamp) => this.#teller.onItem(item, isGone, timestamp),
      },
      {
        route,
        now,
        isRefused,
        openMs: tuning.openMs ?? defaultOpenMs,
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
    const { client, query, now, tuning } = this.#parts;
    const fallback = new AbortController();
    this.#fallback = fallback;
    this.#listener.onNotice(`stream unavailable (${reason}): watching the API server instead`);
    this.#watch = watchApiServer(client, query, this.#teller, {
      now,
      signal: fallback.signal,
      isResumed: this.#teller.hasState,
      onNotice: (text) => this.#listener.onNotice(text),
      silenceMs: tuning.silenceMs ?? defaultSilenceMs,
      tuning: tuning.watch ?? {},
    }).catch((error: unknown) => {
      // A stream that is live by now knows better.
      if (!fallback.signal.aborted) this.#failed.reject(error);
    });
  }
}
