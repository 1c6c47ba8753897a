// Connections that have not been let in yet: for a short time, and so many at most.
import type { Socket } from 'node:net';

/** As much of a socket as has to be known. */
type Caller = Pick<Socket, 'once' | 'destroy'>;

/** Those who stand at it, in the order of their coming. */
export class Door {
  readonly #callers = new Map<Caller, NodeJS.Timeout>();
  readonly #parts: { most: number; longestMs: number; onEvict: () => void };

  constructor(parts: { most: number; longestMs: number; onEvict: () => void }) {
    this.#parts = parts;
  }

  /** One has come; whoever has waited longest goes where that is one too many. */
  enter(caller: Caller): void {
    const { most, longestMs } = this.#parts;
    this.#callers.set(caller, setTimeout(() => this.#evict(caller), longestMs).unref());
    caller.once('close', () => this.leave(caller));
    if (this.#callers.size <= most) return;
    const [oldest] = this.#callers.keys();
    if (oldest !== undefined) this.#evict(oldest);
  }

  /** It has said what it wants, or is gone. */
  leave(caller: Caller): void {
    clearTimeout(this.#callers.get(caller));
    this.#callers.delete(caller);
  }

  /** All of them, at the end. */
  clear(): void {
    for (const caller of this.#callers.keys()) caller.destroy();
  }

  #evict(caller: Caller): void {
    this.leave(caller);
    this.#parts.onEvict();
    caller.destroy();
  }
}
