// The wiring of the operator: which parts there are, in which order they start and stop.
import { createReflector } from '../src/kube/watch/create-reflector.ts';
import { createAccess } from './access/create-access.ts';
import type { Certificates } from './certificates/create-certificates.ts';
import { connectCluster, type ClusterClients } from './connect-cluster.ts';
import { createCertificateSource, createMetricsCertificate } from './create-certificate-source.ts';
import { createControllers } from './create-controllers.ts';
import { createStreamParts } from './create-stream-parts.ts';
import type { Component } from './manager/component.ts';
import type { CacheFactory, ControllerDeps } from './manager/controller-deps.ts';
import { createCaches } from './manager/create-caches.ts';
import { createControllerQueue } from './manager/create-controller-queue.ts';
import { createEventRecorder } from './manager/create-event-recorder.ts';
import { createLeaderClient } from './manager/create-leader-client.ts';
import { createLease, createSoleLeadership } from './manager/create-lease.ts';
import { createPulse, type Pulse } from './manager/create-pulse.ts';
import { createHealth } from './manager/endpoints/create-health.ts';
import { createMetricsEndpoint } from './manager/endpoints/create-metrics-endpoint.ts';
import type { Leadership } from './manager/leadership.ts';
import type { Logger } from './manager/logger.ts';
import { createMetrics, type Metrics } from './manager/metrics.ts';
import { runComponents } from './manager/run-components.ts';
import type { OperatorOptions } from './options.ts';
import { createIdentity, findOwnNamespace, type Surroundings } from './own-place.ts';
import { product } from './product.ts';
import { createWebhook } from './webhook/create-webhook.ts';

/** What runs an operator. */
export interface RunContext {
  surroundings: Surroundings;
  logger: Logger;
  /** Asks it to stop. */
  signal: AbortSignal;
  /** Shows the process' own figures as well. */
  isWholeProcess?: boolean;
}

/** What the parts are made of. */
interface Base extends RunContext {
  options: OperatorOptions;
  metrics: Metrics;
  clients: ClusterClients;
  pulse: Pulse;
  namespace: string;
}

/**
 * Runs until `signal` aborts, and resolves when everything has stopped. An API server that cannot be reached is waited for, unready.
 * @throws DorguError and Error where it cannot start at all: no kubeconfig, an address that is taken
 */
export async function runOperator(options: OperatorOptions, context: RunContext): Promise<void> {
  const { surroundings, logger, signal, isWholeProcess = false } = context;
  const metrics = createMetrics({ isWholeProcess });
  const ending = new AbortController();
  const onAnswer = (): void => pulse.heard();
  const parts = { logger, metrics, onAnswer, signal: ending.signal };
  const clients = await connectCluster(options, surroundings, parts);
  const pulse = createPulse({ client: clients.reads, logger });
  const base = { ...context, options, metrics, clients, pulse, namespace: findOwnNamespace(surroundings) };
  logger.info('Starting', {
    version: product.version,
    node: process.version,
    server: clients.reads.server,
    namespace: base.namespace,
    controllers: options.controllers,
  });
  try {
    await runComponents(createComponents(base), { logger, signal });
  } finally {
    // Whatever was still on its way.
    ending.abort(new Error('the operator has stopped'));
    clients.close();
  }
}

/** Stages in the order of their start. */
function createComponents(base: Base): Component[][] {
  const { options, metrics, clients, pulse, namespace, logger, surroundings } = base;
  const leadership = createLeadership(base);
  const caches = createCaches({ client: clients.reads, logger, metrics, createReflector });
  const client = createLeaderClient(clients, leadership);
  const reporter = { component: product.name, instance: surroundings.hostname };
  const events = createEventRecorder({ client, leadership, logger, metrics, reporter, now: Date.now });
  const { resyncIntervalMs, discoveryIntervalMs, concurrency } = options;
  const queueParts = { metrics, leadership, concurrency, resyncIntervalMs };
  const deps = (name: string): ControllerDeps => {
    const own = logger.with({ controller: name });
    return {
      client,
      caches,
      leadership,
      events,
      logger: own,
      metrics,
      options: {
        namespace,
        resyncIntervalMs,
        discoveryIntervalMs,
        concurrency,
        isArgoEnabled: options.isArgocdEnabled,
      },
      createQueue: (reconcile, queue) =>
        createControllerQueue({ ...queueParts, logger: own }, reconcile, queue),
      now: Date.now,
      random: Math.random,
    };
  };
  const controllers = createControllers(options, deps);
  const certificates = createCertificateSource({ ...base, events, leadership });
  const tls = certificates === undefined ? [] : [certificates];
  const webhook = createWebhooks(base, caches, certificates);
  const [watchingStream = [], stream = []] = createStreamParts({ ...base, certificate: certificates });
  const serving = [...webhook, ...stream];
  const watching = [pulse, caches, ...watchingStream];
  const working = [...tls, ...watching, ...serving, leadership, events, ...controllers];
  const endpoints = createEndpoints(base, certificates, working);
  // The Lease is given back before webhook and stream wait for their last callers; they are answered from caches that are still kept up.
  return [tls, ...endpoints, watching, serving, [leadership], [events], controllers];
}

function createLeadership({
  options,
  metrics,
  clients,
  namespace,
  logger,
  surroundings,
}: Base): Leadership & Component {
  if (!options.isLeaderElected) return createSoleLeadership(metrics);
  return createLease({
    client: clients.writes,
    namespace: options.leaderElectionNamespace || namespace,
    identity: createIdentity(surroundings),
    logger,
    metrics,
  });
}

/** None where it is switched off. */
function createWebhooks(
  { options, logger, metrics, signal }: Base,
  caches: CacheFactory,
  certificate: Certificates | undefined,
): Component[] {
  const { isWebhookEnabled, webhookBindAddress: address, webhookMode: mode } = options;
  if (!isWebhookEnabled || address === 'off' || certificate === undefined) return [];
  return [createWebhook({ address, mode, caches, certificate, signal, logger, metrics, now: Date.now })];
}

/** Stages: what endpoints serve comes before them. */
function createEndpoints(
  { options, metrics, clients, namespace, logger, signal }: Base,
  certificates: Certificates | undefined,
  working: readonly Component[],
): Component[][] {
  const before: Component[] = [];
  const endpoints: Component[] = [];
  const { healthProbeBindAddress, metricsBindAddress } = options;
  if (healthProbeBindAddress !== 'off') {
    const components = (): Component[] => [...endpoints, ...working];
    const isStopping = (): boolean => signal.aborted;
    endpoints.push(createHealth({ address: healthProbeBindAddress, components, isStopping, logger }));
  }
  if (metricsBindAddress !== 'off' && certificates !== undefined) {
    const certificate = createMetricsCertificate(certificates, namespace);
    before.push(certificate);
    const access = createAccess(clients.reads, Date.now);
    endpoints.push(
      createMetricsEndpoint({ address: metricsBindAddress, metrics, access, certificate, logger }),
    );
  }
  return [before, endpoints];
}
