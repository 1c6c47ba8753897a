// The sampler from the operator's options: Prometheus where one is set, metrics.k8s.io otherwise.
import { createPrometheusClient, type PrometheusClient } from '../src/prometheus/client.ts';
import { createPrometheusUsage } from '../src/prometheus/prometheus-usage.ts';
import type { Component } from './manager/component.ts';
import type { ControllerDeps } from './manager/controller-deps.ts';
import type { OperatorOptions } from './options.ts';
import { product } from './product.ts';
import { createSampler, type SamplerParts } from './sampler/create-sampler.ts';
import { createMetricsApiFeed } from './sampler/metrics-api-feed.ts';
import { createPrometheusFeed } from './sampler/prometheus-feed.ts';
import type { UsagePresence } from './watched/usage-presence.ts';
import { createSamplerMetrics, type SamplerMetrics } from './sampler/sampler-metrics.ts';

/** Made, not started. @throws PrometheusError for options that nothing can be asked with */
export function createSamplerFrom(
  options: OperatorOptions,
  deps: ControllerDeps,
  presence: UsagePresence,
): Component {
  let metrics: SamplerMetrics | undefined;
  const prometheus = options.prometheusUrl === '' ? undefined : connect(options, deps, () => metrics);
  const createFeed: SamplerParts['createFeed'] = (signal) => {
    const { client } = deps;
    if (prometheus === undefined) return createMetricsApiFeed({ client, signal });
    return createPrometheusFeed({ usage: createPrometheusUsage(prometheus), client, signal });
  };
  const sampler = createSampler(deps, {
    createFeed,
    presence,
    createMetrics: (workloads) => {
      const isBreakerOpen = () => prometheus !== undefined && prometheus.breaker().state !== 'closed';
      metrics = createSamplerMetrics(deps.metrics, { isBreakerOpen, workloads });
      return metrics;
    },
  });
  return prometheus === undefined ? sampler : closing(sampler, prometheus);
}

function connect(
  options: OperatorOptions,
  { now }: ControllerDeps,
  metrics: () => SamplerMetrics | undefined,
): PrometheusClient {
  const { prometheusUsername: username, prometheusPasswordFile: passwordFile } = options;
  return createPrometheusClient({
    url: options.prometheusUrl,
    bearerTokenFile: options.prometheusBearerTokenFile || undefined,
    basic: username === '' ? undefined : { username, passwordFile: passwordFile || undefined },
    caFile: options.prometheusCaFile || undefined,
    headers: Object.fromEntries(options.prometheusHeaders),
    allowsPlainCredentials: options.sendsPlainPrometheusCredentials,
    timeoutMs: options.prometheusTimeoutMs,
    userAgent: `${product.name}/${product.version}`,
    now,
    onSent: (sent) => metrics()?.sent(sent),
  });
}

/** What is under way to Prometheus ends first: nobody waits for an answer that nobody reads. */
function closing(sampler: Component, prometheus: PrometheusClient): Component {
  return {
    name: sampler.name,
    start: () => sampler.start(),
    stop: () => {
      const stopped = sampler.stop();
      prometheus.close();
      return stopped;
    },
    whyNotReady: () => sampler.whyNotReady(),
  };
}
