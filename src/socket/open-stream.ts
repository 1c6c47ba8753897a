// The WebSocket to an operator: TLS with a CA of its own over whatever bytes lead there, and only then credentials.
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import { maxServerFrameBytes } from '../protocol/limits.ts';
import { StreamFailed, toReason, type SessionEnd } from './session-end.ts';

/** Where the stream is. */
export interface StreamTarget {
  /** `wss:`; its host is whom the certificate has to be of, whatever way the bytes take. */
  url: URL;
  /** PEM: nobody else is trusted. */
  ca: string | Buffer;
}

/** What shows who we are; a token goes into a header, never into an address. */
export interface StreamCredentials {
  token: string | undefined;
  certificate: { cert: string | Buffer; key: string | Buffer } | undefined;
}

/** An open connection, paused: `socket.resume()` lets its messages come. */
export interface OpenStream {
  socket: WebSocket;
  /** Calls back whenever bytes have come. */
  onBytes: (listener: () => void) => void;
}

/**
 * Resolves once the server has agreed. The bytes are its from then on, and are destroyed with it, or where it fails.
 * @throws StreamFailed; the signal's reason
 */
export async function openStream(
  bytes: Duplex,
  { url, ca }: StreamTarget,
  { token, certificate }: StreamCredentials,
  signal: AbortSignal,
): Promise<OpenStream> {
  // What is underneath may break at any time: what lies on top of it says so.
  bytes.on('error', () => undefined);
  try {
    if (url.protocol !== 'wss:') throw refused('credentials go over wss:// only');
    const secured = await secure(bytes, { url, ca }, certificate, signal);
    const socket = await upgrade(secured, url, token, signal);
    return { socket, onBytes: (listener) => void secured.on('data', listener) };
  } catch (error) {
    bytes.destroy();
    throw error;
  }
}

/** Verified, whatever NODE_TLS_REJECT_UNAUTHORIZED says. */
function secure(
  bytes: Duplex,
  { url, ca }: StreamTarget,
  certificate: StreamCredentials['certificate'],
  signal: AbortSignal,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const fail = (cause: Error) =>
      reject(signal.aborted ? toError(signal.reason) : tlsFailed(cause, certificate));
    const onAbort = () => void bytes.destroy();
    let socket: TLSSocket;
    try {
      socket = connectTls({
        socket: bytes,
        ca,
        ...certificate,
        ...(isIP(host) === 0 ? { servername: host } : { host }),
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
        ALPNProtocols: ['http/1.1'],
      });
    } catch (error) {
      fail(toError(error));
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    const settle = () => signal.removeEventListener('abort', onAbort);
    // Stays for the connection's life: the WebSocket hears of the end by `close`.
    socket.on('error', (error: Error) => {
      settle();
      fail(error);
    });
    socket.once('close', () => {
      settle();
      fail(new Error('the connection broke off'));
    });
    socket.once('secureConnect', () => {
      settle();
      resolve(socket);
    });
  });
}

function upgrade(
  secured: TLSSocket,
  url: URL,
  token: string | undefined,
  signal: AbortSignal,
): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, {
      createConnection: () => secured,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      followRedirects: false,
      perMessageDeflate: false,
      maxPayload: maxServerFrameBytes,
    });
    const onAbort = () => socket.terminate();
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    const settle = () => signal.removeEventListener('abort', onAbort);
    socket.once('open', () => {
      settle();
      socket.pause();
      resolve(socket);
    });
    socket.once('unexpected-response', (_, response: IncomingMessage) => {
      settle();
      readWords(response).then((words) => reject(toRefusal(response.statusCode ?? 0, words)), reject);
    });
    socket.on('error', (error) => {
      settle();
      reject(signal.aborted ? toError(signal.reason) : new StreamFailed(lost(describe(error)), error));
    });
  });
}

const maxWords = 1000;

/** The beginning of an answer that says no. */
async function readWords(response: IncomingMessage): Promise<string> {
  let words = '';
  response.setEncoding('utf8');
  try {
    for await (const text of response) {
      words += String(text);
      if (words.length > maxWords) break;
    }
  } catch {
    // What has come says enough.
  }
  response.destroy();
  return words;
}

function toRefusal(status: number, words: string): StreamFailed {
  const said = toReason(words);
  const reason = said === '' ? `the operator answered with HTTP ${status}` : said;
  if (status === 401) return new StreamFailed({ kind: 'expired', reason });
  return new StreamFailed({ kind: status >= 500 ? 'lost' : 'refused', reason });
}

function refused(reason: string): StreamFailed {
  return new StreamFailed({ kind: 'refused', reason });
}

function lost(reason: string): SessionEnd {
  return { kind: 'lost', reason: toReason(reason) };
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('interrupted');
}

function describe(error: Error): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  return error.message === '' ? code : error.message;
}

/** The CA may have been rotated just now, so that it is read again soon. */
function tlsFailed(cause: Error, certificate: StreamCredentials['certificate']): StreamFailed {
  const { code = '' } = cause as NodeJS.ErrnoException;
  if (/^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|ERR_TLS_CERT)/.test(code))
    return new StreamFailed(lost(`the operator's certificate cannot be trusted: ${describe(cause)}`), cause);
  if (code.startsWith('ERR_OSSL') && certificate !== undefined)
    return new StreamFailed(lost('certificate, key and CA cannot be used together'), cause);
  return new StreamFailed(lost(describe(cause)), cause);
}
