// The answer to who is not let in, written on a socket that no HTTP server looks after any more.
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Refusal } from './find-refusal.ts';

/** For the answer to arrive. */
const lastMs = 1000;

/** Writes and closes. */
export function writeRefusal(socket: Duplex, { status, text, headers = {} }: Refusal): void {
  const body = `${text}\n`;
  const lines = Object.entries({ ...fixedHeaders(status, body), ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const timer = setTimeout(() => socket.destroy(), lastMs);
  socket.once('close', () => clearTimeout(timer));
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head}\r\n${body}`, () =>
    socket.destroy(),
  );
}

/** Those of every refusal, also of one that an HTTP server writes. */
export function fixedHeaders(status: number, body: string): Record<string, string> {
  return {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'x-content-type-options': 'nosniff',
    connection: 'close',
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(status === 429 || status === 503 ? { 'retry-after': '5' } : {}),
  };
}
