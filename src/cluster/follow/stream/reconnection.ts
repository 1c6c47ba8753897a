// What follows from the end of a connection: how soon the next one, whether the API server is watched meanwhile, and what is said about it.
import { createPauses, type Pauses } from '../../../socket/pauses.ts';
import type { FollowOutcome } from './follow-once.ts';

/** In milliseconds. */
export interface ReconnectionTuning {
  /** After a break: the shortest and the longest pause. */
  backMs: readonly [number, number];
  /** While the API server is watched instead. */
  awayMs: readonly [number, number];
  /** So long after a break nothing is said, and nothing else watched. */
  graceMs: number;
  /** A stream that lived so long makes the failures before it forgotten. */
  steadyMs: number;
}

/** What the CLI does. */
export const defaultReconnection: ReconnectionTuning = {
  backMs: [200, 10_000],
  awayMs: [2000, 30_000],
  graceMs: 3000,
  steadyMs: 10_000,
};

/** What to do next. */
export interface NextStep {
  pauseMs: number;
  /** Why the API server is to be watched from now on; undefined where it is not to be, or already is. */
  fallBack?: string;
  /** Come back with other credentials. */
  isRefused: boolean;
}

/** The memory of one feed's connections. No sockets, no timers: the clock and the dice are given. */
export interface Reconnection {
  /** The stream is whole again, or for the first time; whether that is worth a word. */
  live(): { isNews: boolean };
  /** A connection has ended, or did not come about. */
  ended(outcome: FollowOutcome): NextStep;
}

/** Nothing was tried yet. */
export function createReconnection(
  tuning: ReconnectionTuning,
  { now, random }: { now: () => number; random: () => number },
): Reconnection {
  return new Memory(tuning, now, random);
}

class Memory implements Reconnection {
  readonly #tuning: ReconnectionTuning;
  readonly #now: () => number;
  readonly #back: Pauses;
  readonly #away: Pauses;
  #isAway = false;
  /** When the stream broke last; undefined before it was live for the first time. */
  #brokenAtMs: number | undefined;
  /** The credentials ran out, or were not taken, the last time. */
  #wasExpired = false;
  /** There is something to be got over that was more than credentials that ran out. */
  #isInterrupted = false;

  constructor(tuning: ReconnectionTuning, now: () => number, random: () => number) {
    this.#tuning = tuning;
    this.#now = now;
    const [backMs, longestBackMs] = tuning.backMs;
    const [awayMs, longestAwayMs] = tuning.awayMs;
    this.#back = createPauses({ leastMs: backMs, mostMs: longestBackMs }, random);
    this.#away = createPauses({ leastMs: awayMs, mostMs: longestAwayMs }, random);
  }

  live(): { isNews: boolean } {
    const isNews = this.#isAway || this.#isInterrupted;
    this.#isAway = false;
    this.#isInterrupted = false;
    return { isNews };
  }

  ended({ end, livedMs }: FollowOutcome): NextStep {
    if (livedMs !== undefined) this.#remember(livedMs);
    const isExpired = end.kind === 'expired';
    const isRenewal = isExpired && !this.#wasExpired;
    this.#wasExpired = isExpired;
    // Once with other credentials, soon; who is refused with those as well is refused.
    if (isRenewal && !this.#isAway) return { pauseMs: this.#back.next(), isRefused: true };
    this.#isInterrupted ||= this.#brokenAtMs !== undefined;
    if (this.#isAway) return { pauseMs: this.#away.next(), isRefused: isExpired };
    const pauseMs = this.#back.next();
    if (end.kind === 'lost' && this.#isWithinGrace(pauseMs)) return { pauseMs, isRefused: false };
    this.#isAway = true;
    return { pauseMs: this.#away.next(), isRefused: isExpired, fallBack: end.reason };
  }

  #remember(livedMs: number): void {
    if (livedMs >= this.#tuning.steadyMs) {
      this.#back.reset();
      this.#away.reset();
    }
    this.#wasExpired = false;
    this.#brokenAtMs = this.#now();
  }

  /** One that breaks again and again is away as well: pauses grow until it stays. */
  #isWithinGrace(pauseMs: number): boolean {
    const { graceMs } = this.#tuning;
    return pauseMs < graceMs && this.#brokenAtMs !== undefined && this.#now() - this.#brokenAtMs < graceMs;
  }
}
