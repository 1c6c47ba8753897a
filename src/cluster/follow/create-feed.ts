// The feed of one topic: by the operator's stream where there is one, else by watching the API server.
import type { KubeClient } from '../../kube/client.ts';
import type { WatchTuning } from '../../kube/watch/tuning.ts';
import type { Topic } from '../../protocol/messages.ts';
import { createTeller } from './create-teller.ts';
import type { Feed, FeedQuery } from './feed.ts';
import { watchApiServer } from './watch-api-server.ts';

/** What a feed needs to know beside its query. */
export interface FeedOptions {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** From 0 to 1, without 1. */
  random: () => number;
  /** For tests. */
  watchTuning?: WatchTuning;
}

/** A feed; nothing is asked before it runs. */
export function createFeed<T extends Topic>(
  client: KubeClient,
  query: FeedQuery<T>,
  { now, watchTuning = {} }: FeedOptions,
): Feed<T> {
  return {
    async run(listener, signal) {
      const teller = createTeller(query.topic, listener);
      await watchApiServer(client, query, teller, { now, signal, isResumed: false, tuning: watchTuning });
    },
  };
}
