// Where samples come from, as the sampler sees it: Prometheus, or metrics.k8s.io.
import { metricsReasons } from '../../src/api/conditions.ts';
import type { PodOwner } from '../../src/prometheus/usage-source.ts';
import type { UsageSample, UsageSource } from '../../src/sizing/usage.ts';
import { absenceMessage } from '../watched/usage-presence.ts';
import type { WindowSpan } from './coverage.ts';

/** One source. Every method rejects with {@link FeedFailure} where it does not answer. */
export interface UsageFeed {
  readonly source: UsageSource;
  /** How long after the end of a window it is asked for: what is scraped has to have arrived. */
  readonly lagMs: number;
  /** Whether windows that are over long ago can be asked for. */
  readonly hasPast: boolean;
  /** Looks whether there is such a source at all, cheaply; rejects with {@link SourceAbsent} where there is none. */
  probe?(): Promise<void>;
  /** Windows of a span, one slice after the other. */
  read(span: WindowSpan): AsyncIterable<UsageSample[]>;
  /** Who made the pods of a span. */
  owners(span: WindowSpan): Promise<PodOwner[]>;
}

/** Why use cannot be measured: the reasons of condition MetricsAvailable. */
export type MetricsReason = (typeof metricsReasons)[keyof typeof metricsReasons];

/** A source that does not answer. */
export class FeedFailure extends Error {
  override readonly name = 'FeedFailure';
  readonly reason: MetricsReason;

  constructor(reason: MetricsReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.reason = reason;
  }
}

/** There is none to ask: no Prometheus is set, and the cluster has no metrics.k8s.io. */
export class SourceAbsent extends FeedFailure {
  constructor(cause?: unknown) {
    super(metricsReasons.noPrometheus, absenceMessage, cause);
  }
}
