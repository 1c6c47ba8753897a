// /metrics over HTTPS, for those whom the cluster's RBAC lets read it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Access } from '../../access/create-access.ts';
import { leastTls, serveWith } from '../../certificates/serve-with.ts';
import type { ServingCertificate } from '../../certificates/serving-certificate.ts';
import type { Component } from '../component.ts';
import type { Metrics } from '../metrics.ts';
import { boundedServer, createListener, createRoutes, type ListenerOptions } from './listener.ts';

/** What is shown to whom. */
export interface MetricsEndpointOptions extends Omit<ListenerOptions, 'name' | 'flag'> {
  metrics: Metrics;
  access: Access;
  certificate: ServingCertificate;
}

/** The right that a reader needs. */
const question = { nonResourceAttributes: { path: '/metrics', verb: 'get' } } as const;

/** The server: 401 without a token that the cluster knows, 403 without the right, 503 where the cluster does not answer. */
export function createMetricsEndpoint(
  options: MetricsEndpointOptions,
): Component & { readonly port: number | undefined } {
  const { certificate, logger } = options;
  const show = (request: IncomingMessage, response: ServerResponse): void => {
    answer(options, request, response).catch((error: unknown) => {
      logger.warn('Metrics were not shown', { error });
      if (!response.headersSent) response.writeHead(503);
      response.end('the cluster could not be asked whether you may read this\n');
    });
  };
  const server = createServer(
    { ...boundedServer, minVersion: leastTls, handshakeTimeout: 5000 },
    createRoutes(new Map([['/metrics', show]])),
  );
  const listener = createListener(server, { ...options, name: 'metrics', flag: 'metrics-bind-address' });
  let release = (): void => undefined;
  return {
    name: listener.name,
    get port() {
      return listener.port;
    },
    start: () => {
      release = serveWith(server, certificate);
      return listener.start();
    },
    stop: () => {
      release();
      return listener.stop();
    },
    whyNotReady: () => listener.whyNotReady(),
  };
}

async function answer(
  { metrics, access }: MetricsEndpointOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const identity = token === undefined ? undefined : await access.authenticate(token);
  if (identity === undefined) {
    response
      .writeHead(401, { 'www-authenticate': 'Bearer' })
      .end('expected a bearer token of this cluster\n');
    return;
  }
  if (!(await access.authorize(identity, question))) {
    response.writeHead(403).end('expected the right to get /metrics (nonResourceURLs)\n');
    return;
  }
  const text = await metrics.registry.metrics();
  response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text);
}
