// A reader that holds what it is told, as slow as the test wants it, and objects to whatever is not worth telling.
import { expect } from 'chai';
import type { Reader } from '../../../../operator/websocket/hub.ts';
import { keyOf } from '../../../../src/protocol/item-identity.ts';
import type { ItemOf } from '../../../../src/protocol/items.ts';
import type { ServerMessage, Topic } from '../../../../src/protocol/messages.ts';
import { parseServerMessage } from '../../../../src/protocol/parse-server-message.ts';

/** One connection with one subscription. */
export class HeldReader implements Reader {
  readonly messages: ServerMessage[] = [];
  readonly frames: Buffer[] = [];
  /** By key; undefined until the first state is whole. */
  held: Map<string, ItemOf[Topic]> | undefined;
  resyncs = 0;
  /** Takes nothing until it is {@link take}n from. */
  isSlow = false;
  /** A byte counts as so many: a small test fills a large buffer. */
  weight = 1;
  readonly #isWhole: boolean;
  #waiting: Buffer[] = [];
  #pages: Map<string, ItemOf[Topic]> | undefined;

  constructor({ isWhole = false } = {}) {
    this.#isWhole = isWhole;
  }

  get waitingBytes(): number {
    return this.#waiting.reduce((sum, { length }) => sum + length * this.weight, 0);
  }

  send(frame: Buffer): void {
    if (this.isSlow) this.#waiting.push(frame);
    else this.#read(frame);
  }

  /** Takes what waits. */
  take(): void {
    for (const frame of this.#waiting.splice(0)) this.#read(frame);
  }

  get errors(): string[] {
    return this.messages.flatMap((message) => (message.type === 'error' ? [message.payload.code] : []));
  }

  get events(): string[] {
    return this.messages.flatMap((message) => {
      if (message.type !== 'event') return [];
      const { topic, payload } = message;
      return [`${payload.eventType} ${keyOf(topic, payload)}`];
    });
  }

  #read(frame: Buffer): void {
    this.frames.push(frame);
    const parsed = parseServerMessage(frame.toString());
    if (!('message' in parsed)) throw new Error(`a frame that cannot be read: ${frame.toString()}`);
    const { message } = parsed;
    this.messages.push(message);
    if (message.type === 'resync') this.#readPage(message);
    else if (message.type === 'event') this.#readEvent(message);
  }

  #readPage({ topic, payload }: Extract<ServerMessage, { type: 'resync' }>): void {
    if (payload.page === 0) this.#pages = new Map();
    const pages = this.#pages;
    if (pages === undefined) throw new Error('a page without a first one');
    for (const item of payload.items) {
      const key = keyOf(topic, item);
      expect(pages.has(key), `${key} is in two pages`).to.equal(false);
      pages.set(key, item);
    }
    if (!payload.isLast) return;
    this.held = pages;
    this.#pages = undefined;
    this.resyncs += 1;
  }

  #readEvent({ topic, payload }: Extract<ServerMessage, { type: 'event' }>): void {
    const { eventType, ...item } = payload;
    const { held } = this;
    if (held === undefined || this.#pages !== undefined) throw new Error('an event amid pages');
    const key = keyOf(topic, item);
    const before = held.get(key);
    if (eventType === 'created') expect(before, `${key} is created twice`).to.equal(undefined);
    else expect(before, `${key} is ${eventType}, and was never told`).not.to.equal(undefined);
    if (eventType === 'deleted') held.delete(key);
    else {
      expect(this.comparable(item), `${key} is told twice`).not.to.equal(before && this.comparable(before));
      held.set(key, item);
    }
  }

  /** Without its version, where objects are not asked for. */
  comparable(item: ItemOf[Topic]): string {
    const entries = Object.entries(item).filter(([field]) => this.#isWhole || field !== 'resourceVersion');
    return JSON.stringify(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
  }
}
