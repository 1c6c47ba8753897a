// One connection's conversation, without its socket: what comes, what is said, when it counts as dead.
import type { HeldPage } from '../protocol/held.ts';
import type { ItemOf } from '../protocol/items.ts';
import { formatMessage } from '../protocol/format-message.ts';
import {
  closeCodes,
  type ErrorMessage,
  type Interest,
  type ServerMessage,
  type Topic,
} from '../protocol/messages.ts';
import { parseServerMessage } from '../protocol/parse-server-message.ts';
import { toReason, type SessionEnd } from './session-end.ts';

/** What is wanted, and who takes it. */
export interface SessionParts<T extends Topic> {
  topic: T;
  interest: Interest;
  send(text: string): void;
  /** Asks for a sign of life. */
  ping(): void;
  onPage(page: HeldPage<T>, timestamp: string): void;
  onItem(item: ItemOf[T], isGone: boolean, timestamp: string): void;
}

/** In milliseconds. */
export interface SessionLimits {
  /** Until the first message. */
  helloMs: number;
  /** Until the next page, as long as the first state is not whole. */
  stateMs: number;
  /**
   * Without a byte, before one is asked for. Whoever only listens hears nothing of a pod that is gone where the way there does not say so:
   * what is said into it comes back as an end.
   */
  pingMs: number;
  /** Without a byte: servers ping every 20 s. */
  silenceMs: number;
}

/** What the CLI waits for. */
export const defaultSessionLimits: SessionLimits = {
  helloMs: 5000,
  stateMs: 10_000,
  pingMs: 5000,
  silenceMs: 45_000,
};

/** Times are milliseconds of one clock. What returns an end was the last thing that is heard. */
export interface Session {
  /** Whether a whole state has come. */
  readonly isLive: boolean;
  take(text: string, nowMs: number): SessionEnd | undefined;
  /** Any bytes have come. */
  heard(nowMs: number): void;
  /** Asked now and then, and first thing after a sleep. */
  check(nowMs: number): SessionEnd | undefined;
}

/** A conversation that begins now. */
export function createSession<T extends Topic>(
  parts: SessionParts<T>,
  limits: SessionLimits,
  nowMs: number,
): Session {
  return new Conversation(parts, limits, nowMs);
}

class Conversation<T extends Topic> implements Session {
  readonly #parts: SessionParts<T>;
  readonly #limits: SessionLimits;
  #phase: 'greeting' | 'state' | 'live' = 'greeting';
  #heardAtMs: number;
  /** When something came that brings the phase to its end. */
  #advancedAtMs: number;
  #pingedAtMs: number;

  constructor(parts: SessionParts<T>, limits: SessionLimits, nowMs: number) {
    this.#parts = parts;
    this.#limits = limits;
    this.#heardAtMs = nowMs;
    this.#advancedAtMs = nowMs;
    this.#pingedAtMs = nowMs;
  }

  get isLive(): boolean {
    return this.#phase === 'live';
  }

  heard(nowMs: number): void {
    this.#heardAtMs = nowMs;
  }

  check(nowMs: number): SessionEnd | undefined {
    // A clock that was set back says nothing about how long it was quiet.
    this.#heardAtMs = Math.min(this.#heardAtMs, nowMs);
    this.#advancedAtMs = Math.min(this.#advancedAtMs, nowMs);
    const { helloMs, stateMs, silenceMs } = this.#limits;
    if (nowMs - this.#heardAtMs >= silenceMs) return lost(`no word for ${silenceMs / 1000} s`);
    this.#pingIfQuiet(nowMs);
    if (this.#phase === 'live') return undefined;
    const limitMs = this.#phase === 'greeting' ? helloMs : stateMs;
    if (nowMs - this.#advancedAtMs < limitMs) return undefined;
    const what = this.#phase === 'greeting' ? 'no greeting' : 'no state';
    return lost(`${what} within ${limitMs / 1000} s`);
  }

  #pingIfQuiet(nowMs: number): void {
    this.#pingedAtMs = Math.min(this.#pingedAtMs, nowMs);
    if (nowMs - Math.max(this.#heardAtMs, this.#pingedAtMs) < this.#limits.pingMs) return;
    this.#pingedAtMs = nowMs;
    this.#parts.ping();
  }

  take(text: string, nowMs: number): SessionEnd | undefined {
    this.heard(nowMs);
    const parsed = parseServerMessage(text);
    if ('problem' in parsed) return lost(`the operator sent ${parsed.problem}`);
    if ('unknown' in parsed) return undefined;
    const { message } = parsed;
    if (this.#phase === 'greeting' && message.type !== 'hello') {
      if (message.type === 'error') return this.#refuse(message);
      return lost('the operator did not greet');
    }
    return this.#follow(message, nowMs);
  }

  #follow(message: ServerMessage, nowMs: number): SessionEnd | undefined {
    switch (message.type) {
      case 'hello':
        this.#greet(nowMs);
        return undefined;
      case 'error':
        return this.#refuse(message);
      case 'resync':
        if (message.topic !== this.#parts.topic) return undefined;
        this.#advancedAtMs = nowMs;
        if (message.payload.isLast) this.#phase = 'live';
        // Both are of our topic: its items are of our type.
        this.#parts.onPage(message.payload as HeldPage<T>, message.timestamp);
        return undefined;
      case 'event': {
        if (message.topic !== this.#parts.topic) return undefined;
        const { eventType, ...item } = message.payload;
        this.#parts.onItem(item as object as ItemOf[T], eventType === 'deleted', message.timestamp);
        return undefined;
      }
      default:
        return undefined;
    }
  }

  #greet(nowMs: number): void {
    if (this.#phase !== 'greeting') return;
    this.#phase = 'state';
    this.#advancedAtMs = nowMs;
    const { topic, interest } = this.#parts;
    // Without a name of our own, so that the server may write one message for all who ask the same.
    this.#parts.send(formatMessage({ type: 'subscribe', topic, payload: interest }));
  }

  #refuse({ topic, payload: { code, message } }: ErrorMessage): SessionEnd | undefined {
    if (topic !== undefined && topic !== this.#parts.topic) return undefined;
    // It mends itself, and a state follows then; who has none yet finds it sooner elsewhere.
    if (code === 'unavailable' && this.#phase === 'live') return undefined;
    return { kind: 'refused', reason: toReason(message === '' ? code : message) };
  }
}

function lost(reason: string): SessionEnd {
  return { kind: 'lost', reason: toReason(reason) };
}

/** By code, with the words where the server has none. */
const endings = new Map<number, SessionEnd>([
  [closeCodes.expired, { kind: 'expired', reason: 'the credentials are not valid any more' }],
  [closeCodes.tooMany, { kind: 'refused', reason: 'too many connections of this user' }],
  [closeCodes.policy, { kind: 'refused', reason: 'the operator does not take this connection' }],
  [closeCodes.goingAway, { kind: 'lost', reason: 'the operator is stopping' }],
  [1006, { kind: 'lost', reason: 'the connection broke off' }],
]);

/** What the end of a connection means. */
export function toEnd(code: number, words: string): SessionEnd {
  const { kind, reason } = endings.get(code) ?? lost(`the operator closed the connection (${code})`);
  return { kind, reason: toReason(words) || reason };
}
