// Samples from Prometheus: two requests for a window, however many applications there are.
import { metricsReasons } from '../../src/api/conditions.ts';
import type { KubeClient } from '../../src/kube/client.ts';
import { PrometheusError } from '../../src/prometheus/prometheus-error.ts';
import type { PrometheusUsage } from '../../src/prometheus/usage-source.ts';
import { sampleWindowMs, type UsageSample } from '../../src/sizing/usage.ts';
import type { WindowSpan } from './coverage.ts';
import { listPodOwners } from './pod-list.ts';
import { FeedFailure, type UsageFeed } from './usage-feed.ts';

/** A scrape, its transfer and its ingestion are over by then. */
const defaultLagMs = 30_000;

const wholeCluster = { namespace: undefined };

/** What it is made of. */
export interface PrometheusFeedParts {
  usage: PrometheusUsage;
  /** Asked for the owners of pods where there is no kube-state-metrics. */
  client: KubeClient;
  signal: () => AbortSignal;
  lagMs?: number;
}

/** The feed. */
export function createPrometheusFeed({
  usage,
  client,
  signal,
  lagMs = defaultLagMs,
}: PrometheusFeedParts): UsageFeed {
  return {
    source: 'prometheus',
    lagMs,
    hasPast: true,
    read: (span) => readSpan(usage, span),
    owners: async (span) => {
      const owners = await usage.owners(span, wholeCluster).catch(fail);
      return owners.length > 0 ? owners : listPodOwners(client, signal());
    },
  };
}

async function* readSpan(usage: PrometheusUsage, span: WindowSpan): AsyncGenerator<UsageSample[]> {
  try {
    if (span.toMs - span.fromMs <= sampleWindowMs) yield await usage.sample(span.toMs, wholeCluster);
    else {
      // Its windows are those that end from the one instant to the other.
      const firstEndMs = span.fromMs + sampleWindowMs;
      yield* usage.history({ fromMs: firstEndMs, toMs: span.toMs }, wholeCluster);
    }
  } catch (error) {
    fail(error);
  }
}

/** @throws FeedFailure; whatever Prometheus has no part in */
function fail(error: unknown): never {
  if (error instanceof PrometheusError) throw new FeedFailure(toReason(error), error.message, error);
  throw error;
}

function toReason({ reason }: PrometheusError): FeedFailure['reason'] {
  return reason === metricsReasons.measured ? metricsReasons.noPrometheus : reason;
}
