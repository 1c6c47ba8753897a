// The feed of one topic, with the way to the stream that flags and environment mean.
import type { ConnectedClient } from '../../kube/client.ts';
import type { Topic } from '../../protocol/messages.ts';
import type { Feed, FeedQuery } from './feed.ts';
import { defaultOpenMs, runFeed, type FeedTuning } from './run-feed.ts';
import { createOperatorRoute, type RouteOptions } from './stream/operator-route.ts';

/** What a feed needs to know beside its query. */
export interface FeedOptions extends RouteOptions {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** From 0 to 1, without 1. */
  random: () => number;
  tuning?: FeedTuning;
}

/** A feed; nothing is asked before it runs. @throws DorguError BadFlagValue for an `operatorUrl` that is none, or not of TLS */
export function createFeed<T extends Topic>(
  client: ConnectedClient,
  query: FeedQuery<T>,
  options: FeedOptions,
): Feed<T> {
  const { now, random, tuning = {} } = options;
  const connectTimeoutMs = tuning.openMs ?? defaultOpenMs;
  const route = createOperatorRoute(client, options, { now, random, connectTimeoutMs });
  return {
    run: (listener, signal) => runFeed({ client, query, route, now, random, tuning, listener }, signal),
  };
}
