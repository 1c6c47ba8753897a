// Questions of one connection that are answered once: a few at a time, and never more than a client can take.
import { DorguError } from '../../src/api/errors.ts';
import { KubeError } from '../../src/kube/kube-error.ts';
import { maxServerFrameBytes } from '../../src/protocol/limits.ts';
import type { ServerMessage, StreamErrorCode } from '../../src/protocol/messages.ts';
import type { Identity } from '../access/create-access.ts';
import type { Hub } from './hub.ts';
import type { StreamLimits } from './limits.ts';
import type { StreamMetrics } from './metrics.ts';
import { describeMissing, type Rights, type Sight } from './rights.ts';
import { askLater } from './subscriptions.ts';

/** What it is made of. */
export interface RequestParts {
  hub: Pick<Hub, 'list'>;
  rights: Rights;
  metrics: Pick<StreamMetrics, 'countForbidden'>;
  limits: Pick<StreamLimits, 'mostRequests' | 'mostWaitingBytes'>;
  timeoutMs: number;
  waitingBytes: () => number;
  timestamp: () => string;
  send: (frame: Buffer) => void;
  refuse: (about: Question, code: StreamErrorCode, message: string) => void;
}

/** What is asked. */
export interface Question extends Sight {
  requestId: string;
}

/** Of one connection. */
export class Requests {
  readonly #parts: RequestParts;
  readonly #ending = new AbortController();
  #open = 0;

  constructor(parts: RequestParts) {
    this.#parts = parts;
  }

  /** Never rejects: what is wrong is told. */
  async answer(identity: Identity, question: Question): Promise<void> {
    const { limits, refuse, waitingBytes } = this.#parts;
    if (this.#open >= limits.mostRequests || waitingBytes() > limits.mostWaitingBytes) {
      refuse(
        question,
        'too-many',
        `expected at most ${limits.mostRequests} requests at a time, and answers to be read`,
      );
      return;
    }
    this.#open += 1;
    try {
      await this.#answer(identity, question);
    } catch (error) {
      if (!this.#ending.signal.aborted) refuse(question, ...toRefusal(error));
    } finally {
      this.#open -= 1;
    }
  }

  /** Answers that are on their way are not sent. */
  close(): void {
    this.#ending.abort(new Error('the connection has ended'));
  }

  async #answer(identity: Identity, question: Question): Promise<void> {
    const { hub, rights, metrics, timeoutMs, timestamp, send, refuse } = this.#parts;
    const { topic, requestId, interest } = question;
    if (!(await rights.mayFollow(identity, question))) {
      metrics.countForbidden(topic);
      refuse(question, 'forbidden', describeMissing(question));
      return;
    }
    const { signal } = this.#ending;
    const items = await hub.list(topic, interest, { timeoutMs, signal });
    if (signal.aborted) return;
    const message: ServerMessage = {
      type: 'response',
      topic,
      requestId,
      timestamp: timestamp(),
      payload: { items },
    };
    const frame = Buffer.from(JSON.stringify(message));
    if (frame.length <= maxServerFrameBytes) send(frame);
    else refuse(question, 'too-many', 'the answer would be too long: ask for a namespace, or subscribe');
  }
}

function toRefusal(error: unknown): [StreamErrorCode, string] {
  if (error instanceof KubeError)
    return error.httpStatus === 404 ? ['missing', error.message] : ['unavailable', error.message];
  if (error instanceof DorguError) return ['invalid', error.message];
  return ['unavailable', askLater];
}
