// What is refused before its body is looked at: other paths, methods and types, and what says itself that it is too large.
import type { IncomingMessage } from 'node:http';

/** Where reviews are sent. */
export const reviewPath = '/validate-deployment';

/** An answer of HTTP: its status and one line for who has asked. */
export interface Refusal {
  status: number;
  text: string;
  /** For 405. */
  allow?: string;
}

type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/** Why the request is refused; undefined where it may send its body. */
export function findRefusal({ method, url = '', headers }: Asked, mostBytes: number): Refusal | undefined {
  // The API server adds ?timeout=3s.
  if (url.split('?', 1)[0] !== reviewPath) return { status: 404, text: `expected ${reviewPath}` };
  if (method !== 'POST') return { status: 405, text: 'expected POST', allow: 'POST' };
  if (!isJson(headers['content-type']))
    return { status: 415, text: 'expected content-type application/json' };
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') return { status: 415, text: 'expected no content-encoding' };
  const length = Number(headers['content-length'] ?? 0);
  return length > mostBytes ? tooLarge(mostBytes) : undefined;
}

/** For a body that turns out too large. */
export function tooLarge(mostBytes: number): Refusal {
  return { status: 413, text: `expected a body of at most ${mostBytes} bytes` };
}

/** With or without a charset: JSON is UTF-8. */
function isJson(contentType = ''): boolean {
  return /^\s*application\/json\s*(;|$)/i.test(contentType);
}
