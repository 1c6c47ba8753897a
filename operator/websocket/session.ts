// One connection that has been let in: what its client says, what it is told, and when it ends.
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import {
  closeCodes,
  protocolVersion,
  type ClientMessage,
  type ServerMessage,
  type StreamErrorCode,
  type Topic,
} from '../../src/protocol/messages.ts';
import { parseClientMessage } from '../../src/protocol/parse-client-message.ts';
import type { Identity } from '../access/create-access.ts';
import type { Credential } from '../access/create-authenticator.ts';
import { TokenBuckets } from '../manager/event/token-buckets.ts';
import type { Logger } from '../manager/logger.ts';
import type { Hub, Reader, Wanted } from './hub.ts';
import type { StreamLimits, StreamTimes } from './limits.ts';
import type { EndReason, StreamMetrics } from './metrics.ts';
import { Pulse } from './pulse.ts';
import { Recheck } from './recheck.ts';
import { Requests } from './requests.ts';
import type { Rights } from './rights.ts';
import { Subscriptions } from './subscriptions.ts';

/** What sessions have in common. */
export interface SessionParts {
  hub: Pick<Hub, 'subscribe' | 'list'>;
  rights: Rights;
  logger: Logger;
  metrics: StreamMetrics;
  limits: StreamLimits;
  times: StreamTimes;
  /** As `hello` says it. */
  version: string;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Milliseconds of a clock that never goes back. */
  ticks: () => number;
  random: () => number;
}

/** How it went, for the log. */
export interface SessionEnd {
  reason: EndReason;
  code: number;
  durationMs: number;
  sent: number;
  received: number;
}

/** Codes of `ws` for what was no protocol. */
const protocolCodes: readonly number[] = [
  1002,
  closeCodes.badText,
  closeCodes.tooBig,
  closeCodes.unsupportedData,
];

/** Begins with `hello`. */
export class Session implements Reader {
  readonly credential: Credential;
  readonly #socket: WebSocket;
  readonly #parts: SessionParts;
  readonly #subscriptions: Subscriptions;
  readonly #requests: Requests;
  readonly #pulse: Pulse;
  readonly #recheck: Recheck;
  readonly #allowance: TokenBuckets;
  readonly #startedAt: number;
  #reason: EndReason | undefined;
  #identity: Identity;
  #sent = 0;
  #received = 0;

  constructor(
    socket: WebSocket,
    duplex: Duplex,
    credential: Credential,
    parts: SessionParts,
    onEnd: (end: SessionEnd) => void,
  ) {
    const { limits, times, ticks } = parts;
    this.#socket = socket;
    this.credential = credential;
    this.#identity = credential.identity;
    this.#parts = parts;
    this.#startedAt = ticks();
    this.#allowance = new TokenBuckets({
      burst: limits.messageBurst,
      refillMs: limits.messageRefillMs,
      capacity: 1,
    });
    const refuse = (
      about: Pick<Wanted, 'topic' | 'requestId'>,
      code: StreamErrorCode,
      message: string,
    ): void => this.#refuse(about, code, message);
    this.#subscriptions = new Subscriptions({
      ...parts,
      most: limits.mostSubscriptions,
      reader: this,
      refuse,
    });
    this.#requests = new Requests({
      ...parts,
      timeoutMs: times.requestMs,
      waitingBytes: () => this.waitingBytes,
      timestamp: () => this.#timestamp(),
      send: (frame) => this.send(frame),
      refuse,
    });
    this.#pulse = new Pulse(socket, duplex, parts);
    this.#recheck = new Recheck(credential, parts);
    duplex.on('drain', () => this.#guard(() => this.#subscriptions.drained()));
    this.#listen(onEnd);
    this.#say({
      type: 'hello',
      timestamp: this.#timestamp(),
      payload: {
        protocol: protocolVersion,
        version: parts.version,
        user: credential.identity.username,
        limits: { subscriptions: limits.mostSubscriptions },
      },
    });
  }

  get waitingBytes(): number {
    return this.#socket.bufferedAmount;
  }

  /** Topics of what is followed. */
  topics(): Iterable<Topic> {
    return this.#subscriptions.topics();
  }

  send(frame: Buffer): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#sent += 1;
    this.#parts.metrics.countSent(frame.length);
    this.#socket.send(frame, { binary: false });
  }

  /** Looks after it: pings, what is stuck, and whether it still may be. Called about every second. Never throws. */
  tick(): void {
    this.#guard(() => this.#look());
  }

  #look(): void {
    const trouble = this.#pulse.tick();
    if (trouble !== undefined) {
      this.#reason ??= trouble;
      this.#socket.terminate();
      return;
    }
    void this.#recheck
      .tick(async (identity, freshness) => {
        this.#identity = identity;
        await this.#subscriptions.recheck(identity, freshness);
      })
      .then((verdict) => {
        if (verdict === 'credentials')
          this.end('credentials', closeCodes.expired, 'the credentials are not valid any more');
        if (verdict === 'unconfirmed')
          this.end(
            'unconfirmed',
            closeCodes.tryAgainLater,
            'the API server does not confirm the credentials',
          );
      });
  }

  /** Says goodbye; a client that does not answer that is cut off. */
  end(reason: EndReason, code: number, text: string): void {
    this.#reason ??= reason;
    this.#subscriptions.closeAll();
    this.#requests.close();
    this.#socket.close(code, text);
  }

  /** At once. */
  terminate(): void {
    this.#socket.terminate();
  }

  #listen(onEnd: (end: SessionEnd) => void): void {
    const socket = this.#socket;
    socket.on('message', (data: Buffer, isBinary) => this.#guard(() => this.#hear(data, isBinary)));
    socket.on('ping', () => void this.#isWithinAllowance());
    // What was wrong is in the code of the end.
    socket.on('error', () => undefined);
    socket.once('close', (code) => {
      this.#subscriptions.closeAll();
      this.#requests.close();
      const reason = this.#reason ?? toReason(code);
      onEnd({
        reason,
        code,
        durationMs: Math.round(this.#parts.ticks() - this.#startedAt),
        sent: this.#sent,
        received: this.#received,
      });
    });
  }

  /** Nobody else is there to catch it: a defect ends this connection, and no other. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#parts.logger.error('A connection of the stream failed', { error });
      this.end('defect', closeCodes.internal, 'the operator has a defect');
    }
  }

  #hear(data: Buffer, isBinary: boolean): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#received += 1;
    this.#pulse.heard();
    if (isBinary) {
      this.end('protocol', closeCodes.unsupportedData, 'expected text');
      return;
    }
    if (!this.#isWithinAllowance()) return;
    const parsed = parseClientMessage(data.toString());
    const { metrics } = this.#parts;
    if ('message' in parsed) {
      metrics.countReceived(parsed.message.type, data.length);
      this.#obey(parsed.message);
    } else {
      metrics.countReceived('invalid', data.length);
      this.#refuse(parsed, 'invalid', parsed.problem);
    }
  }

  #obey(message: ClientMessage): void {
    const { type, requestId } = message;
    if (type === 'ping') {
      this.#answer({}, requestId);
      return;
    }
    const { topic } = message;
    if (type === 'unsubscribe') {
      if (this.#subscriptions.close({ topic, requestId })) this.#answer({ topic }, requestId);
      else this.#refuse({ topic, requestId }, 'invalid', 'there is no such subscription');
      return;
    }
    const interest = message.payload ?? {};
    if (message.type === 'subscribe')
      void this.#subscriptions.open(this.#identity, { topic, requestId, interest });
    else void this.#requests.answer(this.#identity, { topic, requestId: message.requestId, interest });
  }

  #answer(about: { topic?: Topic }, requestId: string | undefined): void {
    const named = requestId === undefined ? {} : { requestId };
    this.#say({ type: 'response', ...about, ...named, timestamp: this.#timestamp(), payload: {} });
  }

  #refuse(
    { topic, requestId }: { topic?: Topic; requestId?: string | undefined },
    code: StreamErrorCode,
    message: string,
  ): void {
    this.#say({
      type: 'error',
      ...(topic === undefined ? {} : { topic }),
      ...(requestId === undefined ? {} : { requestId }),
      timestamp: this.#timestamp(),
      payload: { code, message },
    });
  }

  #say(message: ServerMessage): void {
    this.send(Buffer.from(JSON.stringify(message)));
  }

  #timestamp(): string {
    return new Date(this.#parts.now()).toISOString();
  }

  #isWithinAllowance(): boolean {
    if (this.#allowance.take('', this.#parts.ticks())) return true;
    this.end('flood', closeCodes.tooMany, 'too many messages');
    return false;
  }
}

function toReason(code: number): EndReason {
  if (protocolCodes.includes(code)) return 'protocol';
  return code === 1006 ? 'lost' : 'client';
}
