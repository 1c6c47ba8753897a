// A long-lived answer, handed on while it comes: opened with credentials, watched for silence, ended by its signal.
import type { IncomingMessage } from 'node:http';
import type { ClientParts } from './client-parts.ts';
import type { KubeRequest, StreamRequest } from './client.ts';
import { toAnswerError } from './errors-of-answers.ts';
import { toConnectionError } from './errors-of-connections.ts';
import { expectReadable } from './parse-answer.ts';
import { parseRetryAfter } from './retry.ts';
import { sendOnce } from './send-once.ts';
import { createDeadline } from './transport/deadline.ts';
import { BrokenBody, readBody } from './transport/read-body.ts';
import { asError, TimedOut, type Answer } from './transport/transport.ts';

/** A peer that is gone without a word is found 25 s later (Node asks ten times, a second apart), long before the silence of the stream would tell. */
const keepAliveDelayMs = 15_000;
/** Of an answer that says no. */
const maxRefusalBytes = 1024 * 1024;

/** As {@link KubeClient.stream}. */
export async function streamAnswer(parts: ClientParts, request: StreamRequest): Promise<void> {
  const endpoint = { server: parts.server.href.replace(/\/+$/, ''), contextName: parts.contextName };
  const deadline = createDeadline([parts.signal, request.signal], 0);
  const asked: KubeRequest = { ...request, method: 'GET' };
  let opened: IncomingMessage | undefined;
  try {
    const { status, headers, stream } = await open(parts, asked, request.idleTimeoutMs, deadline.signal);
    opened = stream;
    if (status < 200 || status > 299) {
      const text = await readBody(stream, deadline.signal, maxRefusalBytes);
      const retryAfterMs = parseRetryAfter(headers['retry-after'], parts.retry.now());
      throw toAnswerError(status, text, endpoint, asked, retryAfterMs);
    }
    expectReadable(headers['content-type'], endpoint, asked);
    stream.socket.setKeepAlive(true, keepAliveDelayMs);
    request.onOpen?.();
    await deliver(stream, request.onBytes, deadline.signal);
  } catch (error) {
    opened?.destroy();
    throw toConnectionError(error, endpoint);
  } finally {
    deadline.dispose();
  }
}

async function open(
  parts: ClientParts,
  request: KubeRequest,
  idleTimeoutMs: number | undefined,
  signal: AbortSignal,
): Promise<Answer> {
  const answer = await sendOnce(parts, request, { signal, use: 'stream', idleTimeoutMs });
  if (answer.status !== 401 || !(await parts.authenticator.renew(signal))) return answer;
  answer.stream.destroy();
  return sendOnce(parts, request, { signal, use: 'stream', idleTimeoutMs });
}

/** Resolves when the answer has ended whole. */
function deliver(
  stream: IncomingMessage,
  onBytes: (bytes: Buffer) => void,
  signal: AbortSignal,
): Promise<void> {
  let total = 0;
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      reject(asError(error));
      stream.destroy();
    };
    stream.on('data', (bytes: Buffer) => {
      // What was read before the end came is not handed on after it.
      if (signal.aborted || stream.destroyed) return;
      total += bytes.length;
      try {
        onBytes(bytes);
      } catch (error) {
        fail(error);
      }
    });
    stream.once('error', (cause) =>
      fail(cause instanceof TimedOut || signal.aborted ? cause : toBroken(total, cause)),
    );
    stream.once('close', () => {
      if (signal.aborted) fail(signal.reason);
      else if (stream.complete) resolve();
      else fail(toBroken(total));
    });
  });
}

function toBroken(total: number, cause?: unknown): BrokenBody {
  return new BrokenBody(`the answer broke off after ${total} bytes`, { cause, isBrokenOff: true });
}
