// Whether this process is the one that writes.

/** Led by a lease, or always where leader election is off. */
export interface Leadership {
  readonly isLeader: boolean;
  /**
   * Aborts when leading ends, with the lease; a new one for each time of leading. Every write passes it on, so that none is on its way
   * when another process begins. @throws NotLeading where this one does not lead
   */
  requireLeading(): AbortSignal;
  /** Called when leading begins, at once where it has begun already; each key is reconciled anew then. */
  onAcquired(listener: () => void): void;
}

/** Thrown by a write that has lost the right to happen: the key waits for the next time of leading, and nothing is logged above debug. */
export class NotLeading extends Error {
  override readonly name = 'NotLeading';
}
