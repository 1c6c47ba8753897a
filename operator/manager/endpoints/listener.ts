// A server of ours as a component: bound to its address, bounded in what it takes, closed without waiting for slow clients.
import type { RequestListener, Server, ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BindAddress } from '../../options/kinds-of-values.ts';
import type { Component } from '../component.ts';
import type { Logger } from '../logger.ts';
import { listen } from './listen.ts';

/** Probes and scrapes are small and few: whoever is slow, or many, is shown the door. */
export const boundedServer: ServerOptions = {
  headersTimeout: 5000,
  requestTimeout: 10_000,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16 * 1024,
};
const mostConnections = 100;
/** Of a socket, in the middle of an answer too: who does not read what they asked for. */
const longestSilenceMs = 15_000;

/** What listens where. */
export interface ListenerOptions {
  /** As logs name it: `metrics`. */
  name: string;
  /** The flag that says where, for the message when the address is taken. */
  flag: string;
  address: Readonly<BindAddress>;
  logger: Logger;
}

/** The server is made by the caller and not listening yet. Start rejects where the address cannot be had. */
export function createListener(
  server: Server,
  { name, flag, address, logger }: ListenerOptions,
): Component & { readonly port: number | undefined } {
  server.maxConnections = mostConnections;
  server.timeout = longestSilenceMs;
  // A client that breaks off is its own affair.
  server.on('clientError', (_, socket) => socket.destroy());
  let port: number | undefined;
  return {
    name,
    get port() {
      return port;
    },
    start: async () => {
      await listen(server, address, flag);
      ({ port } = server.address() as AddressInfo);
      logger.info('Listening', { endpoint: name, host: address.host ?? '', port });
    },
    stop: async () => {
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
    whyNotReady: () => (port === undefined ? 'not listening' : undefined),
  };
}

/** GET and HEAD only; anything else is told so. `routes` are by path, without the query. */
export function createRoutes(routes: ReadonlyMap<string, RequestListener>): RequestListener {
  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const route = routes.get(path);
    request.resume();
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('content-type', 'text/plain; charset=utf-8');
    if (route === undefined) response.writeHead(404).end('not found\n');
    else if (request.method !== 'GET' && request.method !== 'HEAD')
      response.writeHead(405, { allow: 'GET, HEAD' }).end('expected GET\n');
    else route(request, response);
  };
}
