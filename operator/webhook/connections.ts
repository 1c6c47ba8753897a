// The connections of a server: so many at most, and those that have been of no use for longest go first.
import type { Socket } from 'node:net';

/** An API server keeps a few dozen open; more than this is somebody else. */
export const defaultMostConnections = 1000;

/** As much of a socket as has to be known. */
type Connection = Pick<Socket, 'once' | 'destroy'>;

/** Connections in the order of their last use. */
export class Connections {
  readonly #sockets = new Set<Connection>();
  readonly #most: number;
  readonly #onEvict: () => void;

  constructor(most: number, onEvict: () => void) {
    this.#most = most;
    this.#onEvict = onEvict;
  }

  get count(): number {
    return this.#sockets.size;
  }

  /** A new one; where that is one too many, the one that was used longest ago is closed. */
  add(socket: Connection): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    if (this.#sockets.size <= this.#most) return;
    const [oldest] = this.#sockets;
    if (oldest === undefined) return;
    this.#sockets.delete(oldest);
    this.#onEvict();
    oldest.destroy();
  }

  /** It has asked, or has been answered. */
  touch(socket: Connection): void {
    if (this.#sockets.delete(socket)) this.#sockets.add(socket);
  }
}
