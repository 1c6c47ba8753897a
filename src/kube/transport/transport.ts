// One HTTP exchange with one server: sockets kept alive, bodies bounded, ended by a signal or a time limit. Knows nothing of Kubernetes.
import type {
  Agent as HttpAgent,
  ClientRequest,
  IncomingHttpHeaders,
  IncomingMessage,
  OutgoingHttpHeaders,
} from 'node:http';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** What is sent. */
export interface Exchange {
  method: string;
  url: URL;
  headers: OutgoingHttpHeaders;
  body?: string | undefined;
  signal?: AbortSignal | undefined;
  agent: HttpAgent;
  /** Until the connection stands, with proxy and TLS. */
  connectTimeoutMs: number;
  /** Longest silence, in the middle of an answer too. */
  idleTimeoutMs: number;
}

/** What came back, its body not read yet. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  stream: IncomingMessage;
  /** Whether it came over a socket that had served before: a reset there may be the server's goodbye to an idle one. */
  wasReused: boolean;
}

/** A request that got no answer; `wasSent` is whether the server may have seen it. */
export class NoAnswer extends Error {
  readonly wasReused: boolean;
  readonly wasSent: boolean;

  constructor(cause: Error, { wasReused, wasSent }: { wasReused: boolean; wasSent: boolean }) {
    super(cause.message, { cause });
    this.name = 'NoAnswer';
    this.wasReused = wasReused;
    this.wasSent = wasSent;
  }
}

/** A time limit that passed. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/** Sends and resolves with the headers of the answer. @throws NoAnswer, or the signal's reason */
export function exchange(wanted: Exchange): Promise<Answer> {
  const { method, url, headers, body, signal, agent, idleTimeoutMs } = wanted;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(asError(signal.reason));
      return;
    }
    const isPlain = url.protocol === 'http:';
    const request = (isPlain ? requestHttp : requestHttps)(url, { method, headers, agent });
    let stream: IncomingMessage | undefined;
    const onAbort = () => (stream ?? request).destroy(asError(signal?.reason));
    signal?.addEventListener('abort', onAbort, { once: true });
    const settle = () => signal?.removeEventListener('abort', onAbort);
    const connection = watchConnection(request, isPlain, wanted.connectTimeoutMs);
    request.setTimeout(idleTimeoutMs, () =>
      (stream ?? request).destroy(new TimedOut(`nothing came for ${idleTimeoutMs / 1000} s`)),
    );
    request.once('response', (response) => {
      stream = response;
      response.once('close', settle);
      const { statusCode: status = 0, headers: received } = response;
      resolve({ status, headers: received, stream: response, wasReused: request.reusedSocket });
    });
    request.on('error', (error) => {
      settle();
      connection.stop();
      reject(
        signal?.aborted
          ? asError(signal.reason)
          : new NoAnswer(error, { wasReused: request.reusedSocket, wasSent: connection.stands() }),
      );
    });
    request.end(body);
  });
}

/** Ends the request when its connection does not stand in time. */
function watchConnection(request: ClientRequest, isPlain: boolean, timeoutMs: number) {
  let stands = false;
  const timer = setTimeout(
    () => request.destroy(new TimedOut(`no connection within ${timeoutMs / 1000} s`)),
    timeoutMs,
  );
  const onConnected = () => {
    stands = true;
    clearTimeout(timer);
  };
  request.once('socket', (socket) => {
    if (request.reusedSocket || (isPlain && !socket.connecting)) onConnected();
    else socket.once(isPlain ? 'connect' : 'secureConnect', onConnected);
  });
  return { stands: () => stands, stop: () => clearTimeout(timer) };
}

/** Whatever an AbortSignal was ended with, as an error. */
export function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new DOMException('the work was interrupted', 'AbortError');
}
