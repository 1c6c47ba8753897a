// The HTTPS server of the webhook: what is let in, how long it may take, and what it is answered.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { leastTls } from '../certificates/serve-with.ts';
import type { Answer } from './answer-body.ts';
import type { Connections } from './connections.ts';
import type { Load } from './load.ts';
import type { WebhookMetrics } from './metrics.ts';
import { receiveBody, type BodyLimits, type NoBody } from './receive-body.ts';
import { findRefusal, tooLarge, type Refusal } from './refuse-request.ts';

/** The API server keeps idle connections for 90 s and asks for at most 30 s: it is never we who close first. */
export const timeouts = {
  keepAliveTimeout: 95_000,
  headersTimeout: 32_000,
  requestTimeout: 40_000,
  handshakeTimeout: 5000,
  connectionsCheckingInterval: 1000,
} as const;

const maxHeaderBytes = 16 * 1024;
/** Of all kinds, with those that have not shown yet that they speak TLS. */
const mostSockets = 4000;

/** What answers are made of and counted with. */
export interface ServerParts {
  answer: (body: Buffer) => Answer;
  bodyLimits: BodyLimits;
  load: Load;
  connections: Connections;
  metrics: WebhookMetrics;
  /** Each answer is then the last one of its connection. */
  isStopping: () => boolean;
  /** Milliseconds of a clock that never goes back. */
  now: () => number;
}

/** The server; not listening, and without a certificate. */
export function createWebhookServer(parts: ServerParts): Server {
  const { connections, metrics } = parts;
  const server = createServer(
    { ...timeouts, maxHeaderSize: maxHeaderBytes, minVersion: leastTls },
    (request, response) => handle(parts, request, response),
  );
  server.maxConnections = mostSockets;
  server.maxHeadersCount = 100;
  server.on('secureConnection', (socket: TLSSocket) => connections.add(socket));
  server.on('tlsClientError', () => metrics.countTurnedAway('handshake'));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => turnAway(error, socket, metrics));
  return server;
}

function handle(parts: ServerParts, request: IncomingMessage, response: ServerResponse): void {
  const { bodyLimits, connections, load, metrics, now } = parts;
  const startedAt = now();
  connections.touch(request.socket);
  const reply = (refusal: Refusal & { isReview?: boolean }): void => {
    metrics.countRequest(refusal.status, (now() - startedAt) / 1000);
    send(response, refusal, parts.isStopping());
    connections.touch(request.socket);
  };
  const refusal = findRefusal(request, bodyLimits.mostBytes);
  if (refusal !== undefined) {
    metrics.countTurnedAway('request');
    reply(refusal);
    return;
  }
  if (!load.begin()) {
    metrics.countTurnedAway('overload');
    reply(overloaded);
    return;
  }
  receiveBody(request, bodyLimits, load, (body) => {
    if (typeof body === 'string') {
      metrics.countTurnedAway(body === 'too-much' ? 'overload' : body);
      if (body !== 'broken-off') reply(describe(body, bodyLimits));
      return;
    }
    const answer = load.work(() => parts.answer(body), now);
    if (answer === undefined) {
      metrics.countTurnedAway('overload');
      reply(overloaded);
      return;
    }
    metrics.countAnswer(answer);
    reply({ status: answer.status, text: answer.text, isReview: answer.status === 200 });
  });
}

const overloaded: Refusal = { status: 503, text: 'too many requests at once' };

function describe(problem: Exclude<NoBody, 'broken-off'>, { mostBytes, mostMs }: BodyLimits): Refusal {
  if (problem === 'too-large') return tooLarge(mostBytes);
  if (problem === 'too-slow') return { status: 408, text: `expected the whole body within ${mostMs} ms` };
  return overloaded;
}

/** After these the rest of the body is not waited for. */
const ends = new Set([408, 413]);

function send(
  response: ServerResponse,
  { status, text, allow, isReview = false }: Refusal & { isReview?: boolean },
  isLast: boolean,
): void {
  const body = isReview ? text : `${text}\n`;
  response.writeHead(status, {
    'content-type': isReview ? 'application/json' : 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    ...(allow === undefined ? {} : { allow }),
    ...(status === 503 ? { 'retry-after': '1' } : {}),
    ...(isLast || ends.has(status) ? { connection: 'close' } : {}),
  });
  response.end(body);
}

/** What Node says by itself where nobody listens, counted. */
function turnAway({ code = '' }: NodeJS.ErrnoException, socket: Duplex, metrics: WebhookMetrics): void {
  const isTimeout = code === 'ERR_HTTP_REQUEST_TIMEOUT';
  metrics.countTurnedAway(isTimeout ? 'too-slow' : 'protocol');
  if (!socket.writable || code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = isTimeout
    ? '408 Request Timeout'
    : code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`, () => socket.destroy());
}
