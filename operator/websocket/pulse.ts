// Whether a connection is alive: pings that are answered, and bytes that are taken.
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { StreamTimes } from './limits.ts';

/** As much of sockets as has to be known. */
type Pinged = Pick<WebSocket, 'bufferedAmount' | 'ping' | 'on' | 'readyState' | 'OPEN'>;
type Counted = Pick<Duplex, 'writableLength'> & { readonly bytesWritten?: number };

/** How it is told. */
export interface PulseParts {
  /** Milliseconds of a clock that never goes back. */
  ticks: () => number;
  times: Pick<StreamTimes, 'pingMs' | 'stuckMs'>;
}

/** Of one connection. */
export class Pulse {
  readonly #socket: Pinged;
  readonly #duplex: Counted;
  readonly #parts: PulseParts;
  #pingedAt: number;
  #isAnswered = true;
  #taken = 0;
  /** When it has taken something last, or had nothing to take. */
  #tookAt: number;

  constructor(socket: Pinged, duplex: Counted, parts: PulseParts) {
    this.#socket = socket;
    this.#duplex = duplex;
    this.#parts = parts;
    this.#pingedAt = parts.ticks();
    this.#tookAt = this.#pingedAt;
    socket.on('pong', () => this.heard());
  }

  /** The other side has said something. */
  heard(): void {
    this.#isAnswered = true;
  }

  /** What is wrong with it. Sends a ping where one is due. */
  tick(): 'silent' | 'stuck' | undefined {
    const { ticks, times } = this.#parts;
    const now = ticks();
    const isWaiting = this.#socket.bufferedAmount > 0;
    if (this.#hasTaken() || !isWaiting) this.#tookAt = now;
    if (now - this.#tookAt >= times.stuckMs) return 'stuck';
    if (now - this.#pingedAt < times.pingMs) return undefined;
    // A ping waits behind what is taken slowly: who takes is there.
    if (!this.#isAnswered && !isWaiting) return 'silent';
    this.#pingedAt = now;
    this.#isAnswered = false;
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
    return undefined;
  }

  #hasTaken(): boolean {
    const { bytesWritten = 0, writableLength } = this.#duplex;
    const before = this.#taken;
    this.#taken = bytesWritten - writableLength;
    return this.#taken > before;
  }
}
