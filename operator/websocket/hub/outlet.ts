// A reader's connection as all its subscriptions share it: what waits there, and whether it has fallen behind.
import type { Reader } from '../hub.ts';

/** More waiting bytes than that, or as many messages, and a reader gets its state anew later instead of every change. */
const maxWaitingBytes = 1024 * 1024;
const maxWaitingMessages = 1000;

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

export function createOutlets(): Outlets {
  const clock = { turn: 0 };
  const outlets = new WeakMap<Reader, Outlet>();
  return {
    of: (reader) => {
      const outlet = outlets.get(reader) ?? new ReaderOutlet(reader, clock);
      outlets.set(reader, outlet);
      return outlet;
    },
    beginTurn: () => void (clock.turn += 1),
  };
}

class ReaderOutlet implements Outlet {
  readonly #reader: Reader;
  readonly #clock: { readonly turn: number };
  #turn = 0;
  #messages = 0;

  constructor(reader: Reader, clock: { readonly turn: number }) {
    this.#reader = reader;
    this.#clock = clock;
  }

  get waitingBytes(): number {
    return this.#reader.waitingBytes;
  }

  get isFull(): boolean {
    const { waitingBytes } = this.#reader;
    if (this.#turn !== this.#clock.turn) {
      this.#turn = this.#clock.turn;
      if (waitingBytes === 0) this.#messages = 0;
    }
    return this.#messages >= maxWaitingMessages || waitingBytes >= maxWaitingBytes;
  }

  send(frame: Buffer): void {
    this.#messages += 1;
    this.#reader.send(frame);
  }
}
