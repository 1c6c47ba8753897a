// The body of a request, received within bounds of size and time.
import type { IncomingMessage } from 'node:http';
import type { Load } from './load.ts';

/** Why there is no body. */
export type NoBody = 'too-large' | 'too-slow' | 'too-much' | 'broken-off';

/** The bounds of one body. */
export interface BodyLimits {
  mostBytes: number;
  /** From the headers to the last byte. */
  mostMs: number;
}

/** Two copies of an object of 3 MiB, which is the most that an API server takes, and what is around them. Nobody waits longer than 30 s for an answer. */
export const defaultBodyLimits: BodyLimits = { mostBytes: 7 * 1024 * 1024, mostMs: 10_000 };

/** Calls `done` once, with the body or with why there is none; bytes that come after that are thrown away. */
export function receiveBody(
  request: IncomingMessage,
  { mostBytes, mostMs }: BodyLimits,
  load: Pick<Load, 'hold' | 'end'>,
  done: (body: Buffer | NoBody) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  let isOver = false;
  const finish = (result: () => Buffer | NoBody): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    const body = result();
    chunks.length = 0;
    load.end(size);
    done(body);
  };
  const timer = setTimeout(() => finish(() => 'too-slow'), mostMs);
  request.on('data', (chunk: Buffer) => {
    if (isOver) return;
    if (size + chunk.length > mostBytes) finish(() => 'too-large');
    else if (load.hold(chunk.length)) {
      size += chunk.length;
      chunks.push(chunk);
    } else finish(() => 'too-much');
  });
  request.on('end', () => finish(() => (chunks.length === 1 && chunks[0]) || Buffer.concat(chunks, size)));
  request.on('close', () => finish(() => 'broken-off'));
  request.on('error', () => finish(() => 'broken-off'));
}
