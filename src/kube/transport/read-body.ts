// Reads the body of an answer whole: unzipped, bounded, and only if all of it has come.
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { asError, TimedOut } from './transport.ts';

/** No answer that we ask for is larger: lists come in pages. */
export const maxBodyBytes = 256 * 1024 * 1024;

/** An answer that broke off, was larger than we hold, or could not be unzipped. */
export class BrokenBody extends Error {
  /** Whether its connection ended too early: another attempt may go well. */
  readonly isBrokenOff: boolean;

  constructor(message: string, { cause, isBrokenOff }: { cause?: unknown; isBrokenOff: boolean }) {
    super(message, { cause });
    this.name = 'BrokenBody';
    this.isBrokenOff = isBrokenOff;
  }
}

/** The body as text. @throws BrokenBody, TimedOut, or the signal's reason */
export async function readBody(
  stream: IncomingMessage,
  signal: AbortSignal | undefined,
  maxBytes = maxBodyBytes,
): Promise<string> {
  const chunks: Buffer[] = [];
  let total = 0;
  try {
    for await (const chunk of stream.headers['content-encoding'] === 'gzip' ? unzip(stream) : stream) {
      total += (chunk as Buffer).length;
      if (total > maxBytes)
        throw new BrokenBody(`the answer is larger than ${maxBytes} bytes`, { isBrokenOff: false });
      chunks.push(chunk as Buffer);
    }
  } catch (cause) {
    stream.destroy();
    if (signal?.aborted) throw asError(signal.reason);
    throw toBrokenBody(cause, total);
  }
  if (!stream.complete) throw toBrokenBody(undefined, total);
  return Buffer.concat(chunks, total).toString('utf8');
}

function toBrokenBody(cause: unknown, total: number): Error {
  if (cause instanceof BrokenBody || cause instanceof TimedOut) return cause;
  return new BrokenBody(`the answer broke off after ${total} bytes`, { cause, isBrokenOff: true });
}

function unzip(stream: IncomingMessage): Readable {
  const gunzip = createGunzip();
  stream.once('error', (error) => gunzip.destroy(error));
  return stream.pipe(gunzip);
}
