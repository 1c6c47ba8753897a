// The HTTPS server of the stream: callers at the door, those who are let in become connections, the rest is told why not.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'node:https';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Logger } from '../manager/logger.ts';
import { Door } from './door.ts';
import type { Refusal } from './find-refusal.ts';
import type { StreamLimits, StreamTimes } from './limits.ts';
import type { StreamMetrics } from './metrics.ts';
import type { Guest } from './reception.ts';
import { createTlsServer, type TlsServer } from './serve-tls.ts';
import { fixedHeaders, writeRefusal } from './write-refusal.ts';

/** What it is made of. */
export interface StreamServerParts {
  limits: StreamLimits;
  times: Pick<StreamTimes, 'handshakeMs'>;
  metrics: Pick<StreamMetrics, 'countRefused'>;
  logger: Logger;
  /** Who may come in. Never rejects. */
  receive: (request: IncomingMessage, socket: TLSSocket) => Promise<Guest | Refusal>;
  /** Somebody has come in. */
  welcome: (socket: WebSocket, duplex: Duplex, guest: Guest, request: IncomingMessage) => void;
}

/** Options of `ws` that its types do not know: how long a client may take to answer a goodbye, and into how many parts it may cut a message. */
const strictness = { closeTimeout: 2000, maxFragments: 256 };

/** With what sends those away who have not come in. */
export interface StreamServer extends TlsServer {
  closeDoor: () => void;
}

/** Not listening, and without a certificate. */
export function createStreamServer(parts: StreamServerParts): StreamServer {
  const { limits, times, metrics } = parts;
  const door = new Door({
    most: limits.mostAtTheDoor,
    longestMs: times.handshakeMs,
    onEvict: () => metrics.countRefused('door'),
  });
  const { server, follow } = createTlsServer(times.handshakeMs);
  server.maxConnections = limits.mostConnections + limits.mostAtTheDoor;
  server.on('secureConnection', (socket: TLSSocket) => door.enter(socket));
  server.on('tlsClientError', () => metrics.countRefused('handshake'));
  server.on('clientError', (_, socket: Duplex) => {
    metrics.countRefused('protocol');
    socket.destroy();
  });
  answerCallers(server, door, parts);
  return { server, follow, closeDoor: () => door.clear() };
}

/** Who is let in, and what the others are told. */
function answerCallers(server: Server, door: Door, parts: StreamServerParts): void {
  const { limits, metrics, logger } = parts;
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: limits.mostFrameBytes,
    clientTracking: false,
    handleProtocols: () => false,
    ...strictness,
  });
  const meet = async (request: IncomingMessage): Promise<Guest | Refusal> => {
    const socket = toTlsSocket(request);
    door.leave(socket);
    const met = await parts.receive(request, socket);
    if ('status' in met) metrics.countRefused(met.reason);
    return met;
  };
  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    // Whoever breaks off meanwhile is noticed below.
    socket.on('error', () => undefined);
    const met = await meet(request);
    if ('status' in met) writeRefusal(socket, met);
    else if (socket.destroyed) met.leave();
    else {
      socket.once('close', met.leave);
      sockets.handleUpgrade(request, socket, head, (opened) => parts.welcome(opened, socket, met, request));
    }
  };
  const guard = (work: Promise<void>, socket: Duplex): void =>
    void work.catch((error: unknown) => {
      logger.error('A caller of the stream could not be answered', { error });
      socket.destroy();
    });
  server.on('upgrade', (request, socket, head) => guard(upgrade(request, socket, head), socket));
  // A tunnel is asked for like an upgrade, and is none.
  server.on('connect', (request, socket, head) => guard(upgrade(request, socket, head), socket));
  server.on('request', (request, response) => {
    request.resume();
    guard(
      meet(request).then((met) => answer(response, met)),
      request.socket,
    );
  });
}

function toTlsSocket({ socket }: IncomingMessage): TLSSocket {
  if (socket instanceof TLSSocket) return socket;
  throw new TypeError('expected a socket of a server over TLS');
}

/** To a request that is no upgrade: it is refused for that at the latest. */
function answer(response: ServerResponse, met: Guest | Refusal): void {
  if (!('status' in met)) {
    met.leave();
    response.destroy();
    return;
  }
  const body = `${met.text}\n`;
  response.writeHead(met.status, { ...fixedHeaders(met.status, body), ...met.headers }).end(body);
}
