// How much is taken on at once: requests under way, bytes held for them, and time spent in one turn of the event loop.

/** The bounds. */
export interface LoadLimits {
  /** Requests whose bodies are being received. */
  mostRequests: number;
  /** Of all their bodies together. */
  mostBytes: number;
  /** Work in one turn of the event loop, in milliseconds: the rest of the process (the Lease, the probes) has to have its turns as well. */
  mostMsPerTurn: number;
}

/** For an API server that has two hundred writes under way at most, of which few are large. */
export const defaultLimits: LoadLimits = {
  mostRequests: 1000,
  mostBytes: 64 * 1024 * 1024,
  mostMsPerTurn: 1000,
};

/** Says what more may be taken on. */
export class Load {
  readonly #limits: LoadLimits;
  #requests = 0;
  #bytes = 0;
  #workedMs = 0;
  #isTurnCounted = false;

  constructor(limits: LoadLimits) {
    this.#limits = limits;
  }

  /** Requests that are under way. */
  get requests(): number {
    return this.#requests;
  }

  /** Whether one more may begin; it is given back by {@link end}. */
  begin(): boolean {
    if (this.#requests >= this.#limits.mostRequests) return false;
    this.#requests += 1;
    return true;
  }

  end(heldBytes: number): void {
    this.#requests -= 1;
    this.#bytes -= heldBytes;
  }

  /** Whether so many bytes more may be held; if so they are counted until {@link end}. */
  hold(bytes: number): boolean {
    if (this.#bytes + bytes > this.#limits.mostBytes) return false;
    this.#bytes += bytes;
    return true;
  }

  /** Does the work and counts its time; undefined where this turn has had enough. */
  work<T>(task: () => T, now: () => number): T | undefined {
    if (this.#workedMs > this.#limits.mostMsPerTurn) return undefined;
    if (!this.#isTurnCounted) {
      this.#isTurnCounted = true;
      // Comes once all sockets that had something to say have been heard.
      setImmediate(() => {
        this.#isTurnCounted = false;
        this.#workedMs = 0;
      });
    }
    const startedAt = now();
    try {
      return task();
    } finally {
      this.#workedMs += now() - startedAt;
    }
  }
}
