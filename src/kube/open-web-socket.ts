// A WebSocket to the API server: by the same agents and credentials as every request, its refusals as errors.
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { WebSocket } from 'ws';
import type { ClientParts } from './client-parts.ts';
import type { KubeRequest, WebSocketRequest } from './client.ts';
import { toAnswerError } from './errors-of-answers.ts';
import { isDistrust, toConnectionError } from './errors-of-connections.ts';
import { toRequestInfo } from './request-info.ts';
import { parseRetryAfter } from './retry.ts';
import { toUrl } from './send-once.ts';
import { createDeadline } from './transport/deadline.ts';
import { readBody } from './transport/read-body.ts';
import { asError, NoAnswer } from './transport/transport.ts';

const defaultTimeoutMs = 15_000;
/** Of an answer that says no. */
const maxRefusalBytes = 1024 * 1024;

/** A socket that is open, or the answer that there is instead. */
type Opening = { socket: WebSocket } | { refusal: IncomingMessage };

/** As {@link ConnectedClient.openWebSocket}. */
export async function openWebSocket(parts: ClientParts, request: WebSocketRequest): Promise<WebSocket> {
  const endpoint = { server: parts.server.href.replace(/\/+$/, ''), contextName: parts.contextName };
  const deadline = createDeadline([parts.signal, request.signal], request.timeoutMs ?? defaultTimeoutMs);
  const asked: KubeRequest = {
    method: 'GET',
    path: request.path,
    ...(request.query && { query: request.query }),
  };
  try {
    const opening = await openRenewed(parts, request, deadline.signal);
    const status = 'socket' in opening ? 101 : opening.refusal.statusCode;
    parts.onSent?.({ ...toRequestInfo(asked), status });
    if ('socket' in opening) return opening.socket;
    const { statusCode = 0, headers } = opening.refusal;
    const text = await readBody(opening.refusal, deadline.signal, maxRefusalBytes);
    const retryAfterMs = parseRetryAfter(headers['retry-after'], parts.retry.now());
    throw toAnswerError(statusCode, text, endpoint, asked, retryAfterMs);
  } catch (error) {
    throw toConnectionError(error, endpoint);
  } finally {
    deadline.dispose();
  }
}

async function openRenewed(
  parts: ClientParts,
  request: WebSocketRequest,
  signal: AbortSignal,
): Promise<Opening> {
  const opening = await openTrusted(parts, request, signal);
  if (!('refusal' in opening) || opening.refusal.statusCode !== 401) return opening;
  if (!(await parts.authenticator.renew(signal))) return opening;
  opening.refusal.destroy();
  return openTrusted(parts, request, signal);
}

/** Once again where the server's CA was rotated, and the new one is known by now. */
async function openTrusted(
  parts: ClientParts,
  request: WebSocketRequest,
  signal: AbortSignal,
): Promise<Opening> {
  const { version } = parts.trust;
  try {
    return await open(parts, request, signal);
  } catch (error) {
    if (!isDistrust(error) || !parts.trust.renewSince(version)) throw error;
    return open(parts, request, signal);
  }
}

async function open(parts: ClientParts, request: WebSocketRequest, signal: AbortSignal): Promise<Opening> {
  const { headers, certificate } = await parts.authenticator.credentials(signal);
  signal.throwIfAborted();
  const socket = new WebSocket(toUrl(parts.server, request), [request.protocol], {
    agent: parts.agentFor(certificate, 'stream'),
    headers: { 'user-agent': parts.userAgent, ...(headers as OutgoingHttpHeaders) },
    followRedirects: false,
    perMessageDeflate: false,
    maxPayload: request.maxPayloadBytes,
  });
  return new Promise<Opening>((resolve, reject) => {
    const onAbort = () => {
      socket.terminate();
      reject(asError(signal.reason));
    };
    const settle = () => signal.removeEventListener('abort', onAbort);
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('open', () => {
      settle();
      // Its first messages may have come with the answer: they wait for whoever has it.
      socket.pause();
      // What breaks later is told to whoever has it by then; that nobody listens yet is no crash.
      socket.on('error', () => undefined);
      resolve({ socket });
    });
    socket.once('unexpected-response', (_, refusal: IncomingMessage) => {
      settle();
      resolve({ refusal });
    });
    socket.once('error', (error) => {
      settle();
      reject(
        signal.aborted ? asError(signal.reason) : new NoAnswer(error, { wasReused: false, wasSent: false }),
      );
    });
  });
}
