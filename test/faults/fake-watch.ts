// One watch of the fake API server: history first, then what happens, bookmarks between, and the faults that it is told.
import type { ServerResponse } from 'node:http';
import type { ObjectStorage, StoredEvent, StoredObject } from './object-storage.ts';
import { toFailure, toFaultyLine, toLine, type StreamFault } from './request-faults.ts';

/** What the request asks for. */
export interface WatchQuestion {
  /** Undefined: all objects first. */
  from: number | undefined;
  /** Whether a bookmark says that these were all. */
  isListEnded: boolean;
  fits: (object: StoredObject) => boolean;
  bookmarkMs: number;
  /** The watch ends after so long, as timeoutSeconds would end it. */
  lifeMs: number;
  /** The connection breaks, or falls silent, after so many bytes. */
  limit: { bytes: number; then: 'reset' | 'stall' } | undefined;
}

/** A watch that is being served. */
export class FakeWatch {
  readonly #storage: ObjectStorage;
  readonly #response: ServerResponse;
  readonly #question: WatchQuestion;
  readonly #cleanups: (() => void)[] = [];
  #sentBytes = 0;
  #isSilent = false;
  #isSplitNext = false;
  /** Wanted in the wrong order: the first of the two, once it is there. */
  #held: StoredEvent | 'next' | undefined;

  constructor(storage: ObjectStorage, response: ServerResponse, question: WatchQuestion) {
    this.#storage = storage;
    this.#response = response;
    this.#question = question;
  }

  start(): void {
    const { from, bookmarkMs, lifeMs } = this.#question;
    this.#response.writeHead(200, { 'content-type': 'application/json' });
    this.#response.flushHeaders();
    if (from === undefined) this.#sendList();
    else if (from < this.#storage.compactedRevision) {
      this.#send(toLine('ERROR', toFailure(410, 'Expired')));
      this.end();
      return;
    } else for (const event of this.#storage.history) if (event.revision > from) this.#sendEvent(event);
    const timers = [
      setInterval(() => this.#sendBookmark(), bookmarkMs),
      setTimeout(() => this.end(), lifeMs),
    ];
    this.#cleanups.push(
      this.#storage.subscribe((event) => this.#sendEvent(event)),
      ...timers.map((timer) => () => clearTimeout(timer)),
    );
    this.#response.once('close', () => this.stop());
  }

  /** As timeoutSeconds ends it. */
  end(): void {
    if (this.#isSilent) return;
    this.#flushHeld();
    this.stop();
    this.#isSilent = true;
    this.#response.end();
  }

  /** Stops to listen. */
  stop(): void {
    for (const clean of this.#cleanups.splice(0)) clean();
  }

  /** Does what it is told. */
  suffer(fault: StreamFault): void {
    if (fault.kind === 'reorder') this.#held ??= 'next';
    else if (fault.kind === 'split') this.#isSplitNext = true;
    else {
      // What is held back would come out of its order with another fault: reordering loses nothing.
      this.#flushHeld();
      const line = toFaultyLine(fault, this.#storage.history);
      if (line !== undefined) this.#send(line);
      else this.#break(fault);
      if (fault.kind === 'error') this.end();
    }
  }

  #break(fault: StreamFault): void {
    if (fault.kind === 'half-line') this.#send('{"type":"MODIFIED","object":{"metadata":{"na');
    if (fault.kind === 'stall' || (fault.kind === 'half-line' && fault.then === 'stall'))
      this.#isSilent = true;
    else if (fault.kind === 'end') this.end();
    else if (fault.kind === 'reset' || fault.kind === 'half-line') this.#reset();
  }

  #sendList(): void {
    for (const object of this.#storage.objects.values())
      if (this.#question.fits(object)) this.#send(toLine('ADDED', object));
    if (this.#question.isListEnded) this.#sendBookmark({ 'k8s.io/initial-events-end': 'true' });
  }

  #sendBookmark(annotations?: Record<string, string>): void {
    if (this.#held !== undefined) return;
    this.#send(
      toLine('BOOKMARK', { metadata: { resourceVersion: String(this.#storage.revision), annotations } }),
    );
  }

  #sendEvent(event: StoredEvent): void {
    if (!this.#question.fits(event.object)) return;
    if (this.#held === 'next') this.#held = event;
    else if (this.#held !== undefined) {
      const held = this.#held;
      this.#held = undefined;
      this.#send(toLine(event.type, event.object) + toLine(held.type, held.object));
    } else this.#send(toLine(event.type, event.object));
  }

  #flushHeld(): void {
    const held = this.#held;
    this.#held = undefined;
    if (typeof held === 'object') this.#sendEvent(held);
  }

  #send(text: string): void {
    if (this.#isSilent || this.#response.destroyed) return;
    const { limit } = this.#question;
    const bytes = Buffer.from(text);
    const room = limit === undefined ? bytes.length : Math.max(0, limit.bytes - this.#sentBytes);
    this.#write(bytes.subarray(0, room));
    this.#sentBytes += bytes.length;
    if (limit === undefined || this.#sentBytes < limit.bytes) return;
    this.#isSilent = true;
    if (limit.then === 'reset') this.#reset();
  }

  #write(bytes: Buffer): void {
    if (!this.#isSplitNext) {
      this.#response.write(bytes);
      return;
    }
    this.#isSplitNext = false;
    // Each write is a chunk of its own for whoever reads.
    for (const byte of bytes) this.#response.write(Uint8Array.of(byte));
  }

  /** Once the bytes are out, or nobody would see them. */
  #reset(): void {
    this.#isSilent = true;
    this.stop();
    setImmediate(() => this.#response.socket?.destroySoon());
  }
}
