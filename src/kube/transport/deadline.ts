// A signal that ends with another one or when time is up, and that can be put away.
import { TimedOut } from './transport.ts';

/** `dispose` frees the timer and the outer signal. */
export interface Deadline {
  signal: AbortSignal;
  dispose(): void;
}

/** Aborts with the reason of the first of `signals`, or with TimedOut after `timeoutMs` (0: never). */
export function createDeadline(signals: readonly (AbortSignal | undefined)[], timeoutMs: number): Deadline {
  const controller = new AbortController();
  const given = signals.filter((signal) => signal !== undefined);
  const links = given.map((signal) => {
    const follow = () => controller.abort(signal.reason);
    if (signal.aborted) follow();
    else signal.addEventListener('abort', follow, { once: true });
    return () => signal.removeEventListener('abort', follow);
  });
  const timer =
    timeoutMs > 0
      ? setTimeout(() => controller.abort(new TimedOut(`not done within ${timeoutMs / 1000} s`)), timeoutMs)
      : undefined;
  return {
    signal: controller.signal,
    dispose() {
      clearTimeout(timer);
      for (const unlink of links) unlink();
    },
  };
}
