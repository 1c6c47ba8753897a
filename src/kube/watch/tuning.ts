// The times and limits of a watch, and the clock and the dice it uses: fixed for the operator, shortened by tests.
import { setTimeout as sleep } from 'node:timers/promises';

/** What may be set otherwise. */
export interface WatchTuning {
  /** Objects a page, where the list comes in pages. */
  pageSize?: number;
  /** Whether the list is asked for as a stream first (WatchList), and in pages only where the server does not know that. */
  isWatchListTried?: boolean;
  /** After so long without a byte a stream counts as dead: bookmarks come every minute. */
  stallMs?: number;
  /** How long the server is asked to keep a stream: from, to. */
  streamSeconds?: readonly [number, number];
  /** The largest pause after a first failure, and after many. */
  firstPauseMs?: number;
  lastPauseMs?: number;
  /** The largest pause while no connection stands: asking costs the server nothing, and its return is to be seen within 5 s. */
  unreachablePauseMs?: number;
  /** The pause after the first few 403 or 404; then doubled up to the last pause. */
  refusedPauseMs?: number;
  /** The most that a server may ask us to wait. */
  longestRetryAfterMs?: number;
  /** A stream that lived so long makes the failures before it forgotten. */
  steadyMs?: number;
  /** No object is as large: etcd takes 1.5 MB. */
  maxLineBytes?: number;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** From 0 to 1, without 1. */
  random?: () => number;
  /** Ends early, without an error, when the signal aborts. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** What the operator runs with. */
export const defaultTuning: Required<WatchTuning> = {
  pageSize: 500,
  isWatchListTried: true,
  stallMs: 70_000,
  streamSeconds: [300, 600],
  firstPauseMs: 200,
  lastPauseMs: 30_000,
  unreachablePauseMs: 2500,
  refusedPauseMs: 1000,
  longestRetryAfterMs: 300_000,
  steadyMs: 5000,
  maxLineBytes: 8 * 1024 * 1024,
  now: Date.now,
  random: Math.random,
  sleep: async (ms, signal) => {
    try {
      await sleep(ms, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  },
};
