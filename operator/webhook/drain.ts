// How a server ends without losing a call: it goes on serving until nobody is sent here any more.
import type { Server } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long that takes, in milliseconds since the process was asked to stop. */
export interface DrainTimes {
  /** Until everybody has heard that this replica is not ready: endpoints are taken out of a Service within this. */
  leastMs: number;
  /** After that it ends as soon as no connection has come for so long. */
  quietMs: number;
  mostMs: number;
}

/** Within the five seconds that the whole process takes. */
export const defaultTimes: DrainTimes = { leastMs: 1500, quietMs: 300, mostMs: 3000 };

const lookMs = 20;
/** For answers that are on their way when the rest is closed. */
const lastMs = 300;

/** Ends a server. */
export interface Drain {
  /** Somebody has connected. */
  noteConnection(): void;
  /** Resolves when nothing is left of it. One that nobody has ever called ends at once. */
  finish(): Promise<void>;
}

/** From the moment the signal aborts, its times are counted. */
export function createDrain(
  server: Server,
  signal: AbortSignal,
  { requests, times }: { requests: () => number; times: DrainTimes },
): Drain {
  const now = (): number => performance.now();
  let connectedAt: number | undefined;
  let askedAt: number | undefined;
  signal.addEventListener('abort', () => (askedAt ??= now()), { once: true });
  const isQuiet = (sinceMs: number): boolean =>
    connectedAt === undefined ||
    sinceMs > times.mostMs ||
    (sinceMs > times.leastMs && requests() === 0 && now() - connectedAt > times.quietMs);
  return {
    noteConnection: () => (connectedAt = now()),
    finish: async () => {
      if (!server.listening) return;
      const from = (askedAt ??= now());
      while (!isQuiet(now() - from)) await sleep(lookMs);
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      const timer = setTimeout(() => server.closeAllConnections(), lastMs);
      await closed;
      clearTimeout(timer);
    },
  };
}
