// Whether somebody who is connected still may be: looked at again and again, never twice at a time.
import type { Freshness, Identity } from '../access/create-access.ts';
import type { Credential } from '../access/create-authenticator.ts';
import type { StreamTimes } from './limits.ts';

/** What it is made of. */
export interface RecheckParts {
  times: Pick<StreamTimes, 'recheckMs' | 'recheckAgeMs' | 'unconfirmedMs'>;
  /** Milliseconds since the epoch: credentials end by the wall clock. */
  now: () => number;
  /** Milliseconds of a clock that never goes back. */
  ticks: () => number;
  random: () => number;
}

/** Of one connection. */
export class Recheck {
  readonly #credential: Credential;
  readonly #parts: RecheckParts;
  #dueAt: number;
  #confirmedAt: number;
  #isRunning = false;

  constructor(credential: Credential, parts: RecheckParts) {
    this.#credential = credential;
    this.#parts = parts;
    this.#confirmedAt = parts.ticks();
    this.#dueAt = this.#confirmedAt + this.#pauseMs();
  }

  /** Looks where it is time; `check` is given whom the credentials speak for now. What the connection is to be ended for. Never rejects. */
  async tick(
    check: (identity: Identity, freshness: Freshness) => Promise<void>,
  ): Promise<'credentials' | 'unconfirmed' | undefined> {
    const { now, ticks, times } = this.#parts;
    const { expiresAt } = this.#credential;
    if (expiresAt !== undefined && now() >= expiresAt) return 'credentials';
    if (this.#isRunning || ticks() < this.#dueAt) return undefined;
    this.#isRunning = true;
    try {
      const freshness = { maxAgeMs: times.recheckAgeMs };
      const identity = await this.#credential.confirm(freshness);
      if (identity?.username !== this.#credential.identity.username) return 'credentials';
      await check(identity, freshness);
      this.#confirmedAt = ticks();
      return undefined;
    } catch {
      // Nobody says no: what is shown meanwhile is what could be seen before.
      return ticks() - this.#confirmedAt >= times.unconfirmedMs ? 'unconfirmed' : undefined;
    } finally {
      this.#isRunning = false;
      this.#dueAt = ticks() + this.#pauseMs();
    }
  }

  /** Spread by a tenth, so that those who came together are not asked about together for ever. */
  #pauseMs(): number {
    return this.#parts.times.recheckMs * (0.9 + 0.2 * this.#parts.random());
  }
}
