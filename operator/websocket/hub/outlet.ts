// A reader's connection as all its subscriptions share it: what waits there, and whether it has fallen behind.
import type { Reader } from '../hub.ts';

/** More waiting bytes than that, or as many messages, and a reader gets its state anew later instead of every change. */
const maxWaitingBytes = 1024 * 1024;
const maxWaitingMessages = 1000;
/** Of many readers each is given less, so that a thousand who never read do not fill the memory of a container. */
const maxWaitingBytesOfAll = 64 * 1024 * 1024;
const minWaitingBytes = 32 * 1024;

/** Messages are counted as waiting until the socket has taken everything, and through the turn that they were sent in. */
export interface Outlet {
  readonly waitingBytes: number;
  /** Nothing more should be sent. */
  readonly isFull: boolean;
  send(frame: Buffer): void;
}

/** Outlets of readers; one for each. */
export interface Outlets {
  of(reader: Reader): Outlet;
  /** What was sent before may have been taken. */
  beginTurn(): void;
}

/** `count` says how many subscriptions there are. */
export function createOutlets(count: () => number): Outlets {
  const shared = {
    turn: 0,
    get mostWaitingBytes() {
      return Math.min(maxWaitingBytes, Math.max(minWaitingBytes, maxWaitingBytesOfAll / count()));
    },
  };
  const outlets = new WeakMap<Reader, Outlet>();
  return {
    of: (reader) => {
      const outlet = outlets.get(reader) ?? new ReaderOutlet(reader, shared);
      outlets.set(reader, outlet);
      return outlet;
    },
    beginTurn: () => void (shared.turn += 1),
  };
}

/** What outlets have in common. */
interface Shared {
  readonly turn: number;
  readonly mostWaitingBytes: number;
}

class ReaderOutlet implements Outlet {
  readonly #reader: Reader;
  readonly #shared: Shared;
  #turn = 0;
  #messages = 0;

  constructor(reader: Reader, shared: Shared) {
    this.#reader = reader;
    this.#shared = shared;
  }

  get waitingBytes(): number {
    return this.#reader.waitingBytes;
  }

  get isFull(): boolean {
    const { waitingBytes } = this.#reader;
    if (this.#turn !== this.#shared.turn) {
      this.#turn = this.#shared.turn;
      if (waitingBytes === 0) this.#messages = 0;
    }
    return this.#messages >= maxWaitingMessages || waitingBytes >= this.#shared.mostWaitingBytes;
  }

  send(frame: Buffer): void {
    this.#messages += 1;
    this.#reader.send(frame);
  }
}
