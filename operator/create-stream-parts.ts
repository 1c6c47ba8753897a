// The stream's parts, from the operator's options: what serves it, who it knows, and what it shows.
import { createReflector } from '../src/kube/watch/create-reflector.ts';
import { createClientAuthorities } from './access/client-authorities.ts';
import { createAccess, type AccessSettings } from './access/create-access.ts';
import { createAuthenticator } from './access/create-authenticator.ts';
import type { ServingCertificate } from './certificates/serving-certificate.ts';
import type { ClusterClients } from './connect-cluster.ts';
import { services, toServiceNames } from './create-certificate-source.ts';
import { systemClock } from './manager/clock.ts';
import type { Component } from './manager/component.ts';
import type { Logger } from './manager/logger.ts';
import type { Metrics } from './manager/metrics.ts';
import type { OperatorOptions } from './options.ts';
import { product } from './product.ts';
import { createHub } from './websocket/create-hub.ts';
import { createStream } from './websocket/create-stream.ts';

/** What it is made of. */
export interface StreamSourceParts {
  options: OperatorOptions;
  clients: Pick<ClusterClients, 'reads'>;
  /** Undefined where nothing is served over TLS. */
  certificate: ServingCertificate | undefined;
  namespace: string;
  signal: AbortSignal;
  logger: Logger;
  metrics: Metrics;
}

/** What a token for the stream alone is made for. */
export const streamAudience = 'dorgu-operator';

/** For many who come at once, after a restart: they wait for their turn, and each is asked about once a minute. */
const accessSettings: AccessSettings = {
  audience: streamAudience,
  grantedMs: 60_000,
  refusedMs: 10_000,
  mostKept: 8000,
  mostAtOnce: 20,
  mostWaiting: 4000,
};

/** Stages in the order of their start; none where it is switched off. */
export function createStreamParts(parts: StreamSourceParts): Component[][] {
  const { options, clients, certificate, namespace, signal, metrics } = parts;
  const { isWebsocketEnabled, websocketBindAddress: address, websocketHosts } = options;
  if (!isWebsocketEnabled || address === 'off' || certificate === undefined) return [];
  const logger = parts.logger.with({ component: 'stream' });
  const client = clients.reads;
  const authorities = createClientAuthorities({ client, createReflector, clock: systemClock, logger });
  const access = createAccess(client, Date.now, accessSettings);
  const hub = createHub({ client, createReflector, clock: systemClock, logger, metrics, now: Date.now });
  const stream = createStream({
    address,
    hosts: [...toServiceNames(services.stream, namespace), ...websocketHosts],
    hub,
    authenticator: createAuthenticator({ access, authorities, now: Date.now }),
    access,
    authorities,
    certificate,
    signal,
    logger,
    metrics,
    version: product.version,
    clock: systemClock,
    now: Date.now,
    random: Math.random,
  });
  return [[hub, authorities], [stream]];
}
