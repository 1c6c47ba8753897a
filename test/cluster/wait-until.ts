// Waiting for a condition, with a limit and a way to give up.
import { setTimeout as sleep } from 'node:timers/promises';

/** How to wait: at most `timeoutMs`, asking every `intervalMs` (20 by default), until `signal` aborts. */
export interface WaitOptions {
  timeoutMs: number;
  intervalMs?: number;
  signal?: AbortSignal | undefined;
}

/**
 * Resolves with the first value that is not undefined. A throw of `ask` ends the wait; running out of time throws an error
 * that says what was awaited.
 */
export async function waitUntil<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  { timeoutMs, intervalMs = 20, signal }: WaitOptions,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    const value = await ask();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs / 1000} s in vain for ${what}`);
    await sleep(intervalMs, undefined, signal ? { signal } : {});
  }
}
