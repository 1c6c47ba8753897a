// What /metrics says of the sampler: what was asked of the source, how that ended, and when it last answered.
import { Counter, Gauge } from 'prom-client';
import type { Metrics } from '../manager/metrics.ts';

/** Told by the sampler. */
export interface SamplerMetrics {
  /** A request to Prometheus is over; `outcome` is `ok` or the code of its error. */
  sent(request: { api: string; outcome: string; samples: number | undefined }): void;
  /** The source has answered. */
  answered(nowMs: number): void;
  failed(reason: string): void;
  /** `result`: `written`, `failed`. */
  checkpoint(result: 'written' | 'failed', bytes: number): void;
}

/** Registers them; what is asked at each scrape comes as functions. */
export function createSamplerMetrics(
  metrics: Metrics,
  ask: { isBreakerOpen: () => boolean; workloads: () => number },
): SamplerMetrics {
  registerStates(metrics, ask);
  return { ...countRequests(metrics), ...countAnswers(metrics), ...countCheckpoints(metrics) };
}

function registerStates(
  { registry }: Metrics,
  ask: { isBreakerOpen: () => boolean; workloads: () => number },
): void {
  const registers = [registry];
  const breaker: Gauge = new Gauge({
    name: 'dorgu_prometheus_breaker_open',
    help: 'Whether Prometheus has failed so often that it is left alone for a while.',
    registers,
    collect: () => breaker.set(Number(ask.isBreakerOpen())),
  });
  const workloads: Gauge = new Gauge({
    name: 'dorgu_usage_workloads',
    help: 'Workloads of whose use something is known.',
    registers,
    collect: () => workloads.set(ask.workloads()),
  });
}

function countRequests({ registry }: Metrics): Pick<SamplerMetrics, 'sent'> {
  const registers = [registry];
  const requests = new Counter({
    name: 'dorgu_prometheus_requests_total',
    help: 'Requests to Prometheus, by what was asked and how that ended: ok, or the code of an error.',
    labelNames: ['api', 'outcome'],
    registers,
  });
  const samples = new Counter({
    name: 'dorgu_prometheus_samples_touched_total',
    help: 'Samples that queries have touched, as Prometheus counts them.',
    registers,
  });
  return {
    sent: ({ api, outcome, samples: touched = 0 }) => {
      requests.inc({ api, outcome });
      samples.inc(touched);
    },
  };
}

function countAnswers({ registry }: Metrics): Pick<SamplerMetrics, 'answered' | 'failed'> {
  const registers = [registry];
  const failures = new Counter({
    name: 'dorgu_usage_failures_total',
    help: 'Failures of the source of use, Prometheus or metrics.k8s.io, by reason.',
    labelNames: ['reason'],
    registers,
  });
  const lastSuccess = new Gauge({
    name: 'dorgu_usage_last_success_timestamp_seconds',
    help: 'When the source of use has last answered; 0 where it never has.',
    registers,
  });
  return {
    answered: (nowMs) => lastSuccess.set(nowMs / 1000),
    failed: (reason) => failures.inc({ reason }),
  };
}

function countCheckpoints({ registry }: Metrics): Pick<SamplerMetrics, 'checkpoint'> {
  const registers = [registry];
  const checkpoints = new Counter({
    name: 'dorgu_usage_checkpoints_total',
    help: 'Checkpoints of what was learnt, by result: written or failed.',
    labelNames: ['result'],
    registers,
  });
  const size = new Gauge({
    name: 'dorgu_usage_checkpoint_bytes',
    help: 'Bytes of the last checkpoint, zipped.',
    registers,
  });
  return {
    checkpoint: (result, bytes) => {
      checkpoints.inc({ result });
      if (result === 'written') size.set(bytes);
    },
  };
}
