// What asking Prometheus for the use of a whole cluster gives, whoever asks: the operator's sampler or `recommend --prometheus-url`.
import type { UsageSample } from '../sizing/usage.ts';

/** Who made a pod, as kube-state-metrics tells it: a ReplicaSet is already followed up to its Deployment. */
export interface PodOwner {
  namespace: string;
  pod: string;
  kind: string;
  name: string;
}

/** Limits a question to a namespace; undefined: the whole cluster. */
export interface UsageScope {
  namespace: string | undefined;
}

/** The use of containers, measured by a Prometheus. */
export interface PrometheusUsage {
  /**
   * Every container's window that ends at `atMs` (a multiple of sampleWindowMs): one request, more only where one would touch too many samples.
   * @throws PrometheusError with a reason
   */
  sample(atMs: number, scope: UsageScope): Promise<UsageSample[]>;
  /** The owners of pods that were there at any time of a span of time; empty without kube-state-metrics. One request. */
  owners(span: { fromMs: number; toMs: number }, scope: UsageScope): Promise<PodOwner[]>;
  /** All windows of a span, in slices that stay under the limits, oldest slice first. Ends early when the caller stops iterating. */
  history(span: { fromMs: number; toMs: number }, scope: UsageScope): AsyncIterable<UsageSample[]>;
}
