// When a request is sent again: never a write whose fate is unknown, always as late as the server asks, and not for ever.
import { setTimeout as sleep } from 'node:timers/promises';

/** How patient a client is. */
export interface RetryPolicy {
  /** Sendings in all, the first included. */
  attempts: number;
  /** After this long no further attempt is made. */
  totalMs: number;
  /** The first pause where the server asks for none; doubled each time. */
  baseMs: number;
  /** Between 0 and 1. */
  random: () => number;
  now: () => number;
  sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** For a person who waits. */
export const defaultRetryPolicy: RetryPolicy = {
  attempts: 5,
  totalMs: 60_000,
  baseMs: 200,
  random: Math.random,
  now: Date.now,
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, signal === undefined ? {} : { signal });
  },
};

/** Counts the attempts of one request. */
export interface RetryBudget {
  /**
   * Waits before the next attempt, `retryAfterMs` where the server has asked for that; false at once where the budget is used up
   * or the server asks for more than is left of it.
   */
  wait(retryAfterMs: number | undefined, signal: AbortSignal | undefined): Promise<boolean>;
}

/** A fresh budget. */
export function createRetryBudget(policy: RetryPolicy): RetryBudget {
  const startedAt = policy.now();
  let attempts = 1;
  return {
    async wait(retryAfterMs, signal) {
      if (attempts >= policy.attempts) return false;
      // Clients that were sent away together come back apart.
      const jitter = 1 + policy.random() / 4;
      const pauseMs = (retryAfterMs ?? policy.baseMs * 2 ** (attempts - 1)) * jitter;
      if (policy.now() - startedAt + pauseMs > policy.totalMs) return false;
      attempts += 1;
      await policy.sleep(pauseMs, signal);
      return true;
    },
  };
}

/** Retry-After in ms, from seconds or a date; undefined for none and for nonsense. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header.trim()) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
