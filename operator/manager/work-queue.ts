// The contract of the queue: which keys are reconciled when.

/** Why a key is asked for: what changed goes before what is looked at again. */
export type Priority = 'change' | 'resync';

/** Keys waiting for their turn. */
export interface WorkQueue {
  /**
   * Asks for a key. A key that waits is not queued twice (the earlier time and the higher priority win); one that is being worked on is
   * queued again when it is done.
   */
  add(key: string, options?: { priority?: Priority; afterMs?: number }): void;
  /** Takes it out, its failures forgotten: the object is gone. One that is being worked on finishes. */
  forget(key: string): void;
}

/** What a reconciliation asks for: come back after so long, or not of its own accord. A throw is a failure: backoff with full jitter. */
export type ReconcileResult = { requeueAfterMs: number } | undefined;

/** One key's work, under a time limit that aborts `signal`. */
export type Reconcile = (
  key: string,
  context: { signal: AbortSignal; reconcileId: string },
) => Promise<ReconcileResult>;
