// Joins a conversation to its socket and the clock, until one of the three ends it.
import type { RawData } from 'ws';
import type { Topic } from '../protocol/messages.ts';
import type { OpenStream } from './open-stream.ts';
import { createSession, toEnd, type SessionLimits, type SessionParts } from './session.ts';
import type { SessionEnd } from './session-end.ts';

/** What it needs beside socket and parts. */
export interface SessionSurroundings {
  limits: SessionLimits;
  /** How often the limits are looked at. */
  checkMs: number;
  /** Milliseconds since the epoch: a clock that goes on while the machine sleeps. */
  now: () => number;
  signal: AbortSignal;
}

/** How long a peer is given to say goodbye as well. */
const farewellMs = 250;

/** Follows the topic over an open connection. Resolves when it has ended; nothing is told after that. */
export function runSession<T extends Topic>(
  { socket, onBytes }: OpenStream,
  parts: Omit<SessionParts<T>, 'send' | 'ping'>,
  { limits, checkMs, now, signal }: SessionSurroundings,
): Promise<SessionEnd> {
  return new Promise((resolve) => {
    const said = {
      send: (text: string) => socket.send(text),
      ping: () => {
        if (socket.readyState === socket.OPEN) socket.ping();
      },
    };
    const session = createSession({ ...parts, ...said }, limits, now());
    let hasEnded = false;
    const end = (reason: SessionEnd, hasTime = false) => {
      if (hasEnded) return;
      hasEnded = true;
      clearInterval(timer);
      signal.removeEventListener('abort', onAbort);
      if (hasTime) {
        socket.close(1000);
        const patience = setTimeout(() => socket.terminate(), farewellMs);
        socket.once('close', () => clearTimeout(patience));
      } else socket.terminate();
      resolve(reason);
    };
    const endIf = (reason: SessionEnd | undefined) => {
      if (reason !== undefined) end(reason, reason.kind !== 'lost');
    };
    const onAbort = () => end({ kind: 'stopped', reason: 'stopped' }, true);
    const timer = setInterval(() => endIf(session.check(now())), checkMs);
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('message', (data, isBinary) => {
      if (hasEnded) return;
      if (isBinary) end({ kind: 'lost', reason: 'the operator sent binary data' });
      else endIf(session.take(toText(data), now()));
    });
    socket.on('close', (code, words) => end(toEnd(code, words.toString('utf8'))));
    onBytes(() => session.heard(now()));
    if (signal.aborted) onAbort();
    else socket.resume();
  });
}

function toText(data: RawData): string {
  if (Buffer.isBuffer(data)) return data.toString('utf8');
  return Array.isArray(data) ? Buffer.concat(data).toString('utf8') : Buffer.from(data).toString('utf8');
}
