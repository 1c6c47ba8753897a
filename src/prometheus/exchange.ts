// One POST to a Prometheus: no redirect is followed, and an answer that is too slow or too large ends it.
import { Agent, request as requestHttp, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { createGunzip } from 'node:zlib';
import { isIP } from 'node:net';
import type { PrometheusClientOptions } from './client-options.ts';
import { NoAnswerOfPrometheus } from './cut-elements.ts';

/** An answer larger than was allowed. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** What is sent. */
export interface Posting {
  url: URL;
  headers: OutgoingHttpHeaders;
  form: string;
  agent: Agent;
  signal: AbortSignal;
}

/** Resolves with the headers of whatever answer there is. A server may close an idle connection just when it is used again: then once more. */
export async function post(posting: Posting): Promise<IncomingMessage> {
  try {
    return await postOnce(posting);
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
    return postOnce(posting);
  }
}

class StaleConnection extends Error {}

function postOnce({ url, headers, form, agent, signal }: Posting): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'http:' ? requestHttp : requestHttps;
    const request = send(url, {
      method: 'POST',
      agent,
      signal,
      headers: {
        ...headers,
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(form),
      },
    });
    request.once('response', resolve);
    request.on('error', (error: NodeJS.ErrnoException) => {
      const isStale = request.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(error.code ?? '');
      reject(isStale && !signal.aborted ? new StaleConnection(error.message, { cause: error }) : error);
    });
    request.end(form);
  });
}

/**
 * Hands over the body as it comes, unzipped. Returns its length. @throws TooLarge, or what broke the connection. The answer is gone afterwards
 * in each case.
 */
export async function readBody(
  answer: IncomingMessage,
  maxBytes: number,
  onChunk: (chunk: Buffer) => void,
): Promise<number> {
  let bytes = 0;
  try {
    for await (const chunk of unzip(answer)) {
      bytes += (chunk as Buffer).length;
      if (bytes > maxBytes) throw new TooLarge(`the answer is larger than ${maxBytes} bytes`);
      onChunk(chunk as Buffer);
    }
    return bytes;
  } finally {
    // Reading on what nobody wants would take as long as its sender likes.
    if (!answer.readableEnded) answer.destroy();
  }
}

function unzip(answer: IncomingMessage): Readable {
  const encoding = answer.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return answer;
  if (encoding !== 'gzip')
    throw new NoAnswerOfPrometheus('the answer has an encoding that was not asked for');
  // Its callback has nothing to do: whoever reads from the end of it is told.
  return pipeline(answer, createGunzip({ chunkSize: 64 * 1024 }), () => undefined);
}

/** One connection that is kept. `ca`: PEM, undefined for what the machine trusts; `signal` ends the opening of sockets. */
export function createAgent(
  url: URL,
  ca: Buffer | undefined,
  { serverName, isInsecure, openSocket }: PrometheusClientOptions,
  signal: AbortSignal,
): Agent {
  const keep = { keepAlive: true, maxSockets: 1 };
  const tls = {
    ...(ca === undefined ? {} : { ca }),
    rejectUnauthorized: isInsecure !== true,
    ...(serverName === undefined ? {} : { servername: serverName }),
  };
  const agent = url.protocol === 'http:' ? new Agent(keep) : new HttpsAgent({ ...keep, ...tls });
  if (openSocket === undefined) return agent;
  const host = serverName ?? url.hostname.replace(/^\[|\]$/g, '');
  // An address is compared with the certificate, and is no name to ask for.
  const name = isIP(host) === 0 ? { servername: host } : { host };
  agent.createConnection = (_, callback) => {
    openSocket(signal)
      .then((socket) => (url.protocol === 'http:' ? socket : connectTls({ ...tls, socket, ...name })))
      .then(
        (socket) => callback?.(null, socket),
        (error: unknown) =>
          callback?.(error instanceof Error ? error : new Error(String(error)), undefined as never),
      );
    return undefined;
  };
  // What Node does to a connection that it keeps is for sockets of TCP; a forwarded port is a stream without these methods.
  agent.keepSocketAlive = () => true;
  agent.reuseSocket = (_, request) => void (request.reusedSocket = true);
  return agent;
}
