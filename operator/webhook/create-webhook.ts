// The webhook as a part of the operator: its server bound to an address, its certificate, and its orderly end.
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { serveWith } from '../certificates/serve-with.ts';
import type { ServingCertificate } from '../certificates/serving-certificate.ts';
import type { Component } from '../manager/component.ts';
import type { CacheFactory } from '../manager/controller-deps.ts';
import { listen } from '../manager/endpoints/listen.ts';
import type { Logger } from '../manager/logger.ts';
import type { Metrics } from '../manager/metrics.ts';
import type { BindAddress } from '../options/kinds-of-values.ts';
import type { Mode } from '../../src/rules/mode.ts';
import { getJudgementCaches } from '../watched/around.ts';
import { answerBody, type Answer } from './answer-body.ts';
import { Connections, defaultMostConnections } from './connections.ts';
import { createDrain, defaultTimes, type DrainTimes } from './drain.ts';
import { createReviewJudge, resolveNamespaceMode } from './judge-review.ts';
import { defaultLimits, Load, type LoadLimits } from './load.ts';
import { createWebhookMetrics } from './metrics.ts';
import { defaultBodyLimits, type BodyLimits } from './receive-body.ts';
import { createWebhookServer } from './server.ts';

/** What it is made of. */
export interface WebhookParts {
  address: Readonly<BindAddress>;
  mode: Mode;
  /** Those that the controllers have as well. */
  caches: CacheFactory;
  certificate: ServingCertificate;
  /** Aborts when the process is asked to stop, long before {@link Component.stop}. */
  signal: AbortSignal;
  logger: Logger;
  metrics: Metrics;
  /** Milliseconds since the epoch. */
  now: () => number;
  bodyLimits?: BodyLimits;
  loadLimits?: LoadLimits;
  drainTimes?: DrainTimes;
  mostConnections?: number;
}

/** Not listening yet. Start rejects where the address cannot be had. */
export function createWebhook(parts: WebhookParts): Component & { readonly port: number | undefined } {
  const { address, certificate, signal, logger, drainTimes = defaultTimes } = parts;
  const { server, connections, load } = assemble(parts);
  const drain = createDrain(server, signal, { requests: () => load.requests, times: drainTimes });
  let stopFollowing = (): void => undefined;
  let port: number | undefined;
  server.on('secureConnection', () => drain.noteConnection());
  return {
    name: 'webhook',
    get port() {
      return port;
    },
    start: async () => {
      stopFollowing = serveWith(server, certificate);
      await listen(server, address, 'webhook-bind-address');
      ({ port } = server.address() as AddressInfo);
      logger.info('Listening', { endpoint: 'webhook', host: address.host ?? '', port, mode: parts.mode });
    },
    stop: async () => {
      await drain.finish();
      stopFollowing();
      logger.debug('Webhook has ended', { connections: connections.count });
    },
    whyNotReady: () => {
      if (port === undefined) return 'not listening';
      return certificate.get() === undefined ? 'no certificate' : undefined;
    },
  };
}

function assemble(parts: WebhookParts): { server: Server; connections: Connections; load: Load } {
  const { mode, logger, signal, now, bodyLimits = defaultBodyLimits, loadLimits = defaultLimits } = parts;
  const caches = getJudgementCaches(parts.caches);
  const load = new Load(loadLimits);
  const connections: Connections = new Connections(parts.mostConnections ?? defaultMostConnections, () =>
    metrics.countTurnedAway('connection'),
  );
  const metrics = createWebhookMetrics(parts.metrics, {
    requests: () => load.requests,
    connections: () => connections.count,
  });
  const judge = createReviewJudge({ caches, mode, now });
  const modeOf = (namespace: string): Mode => resolveNamespaceMode(caches, mode, namespace);
  const answer = (body: Buffer): Answer => {
    const given = answerBody(body, {
      judge,
      modeOf,
      onFault: (error, { namespace, name, resource }) =>
        logger.error('A review could not be judged', { error, namespace, name, resource }),
    });
    if (given.outcome === 'denied') tellDenied(logger, given);
    return given;
  };
  const server = createWebhookServer({
    answer,
    bodyLimits,
    load,
    connections,
    metrics,
    isStopping: () => signal.aborted,
    now: () => performance.now(),
  });
  return { server, connections, load };
}

function tellDenied(logger: Logger, { review, decision }: Answer): void {
  const { namespace, name, resource, subResource, operation } = review ?? {};
  logger.info('Denied', { namespace, name, resource, subResource, operation, message: decision?.message });
}
