// Who may still come in: so many connections of all, and so many of one user.
import type { StreamLimits } from './limits.ts';

/** Counts. */
export class Places {
  readonly #limits: Pick<StreamLimits, 'mostConnections' | 'mostConnectionsOfUser'>;
  readonly #ofUsers = new Map<string, number>();
  #taken = 0;

  constructor(limits: Pick<StreamLimits, 'mostConnections' | 'mostConnectionsOfUser'>) {
    this.#limits = limits;
  }

  get taken(): number {
    return this.#taken;
  }

  /** What gives the place back, once; or why there is none. */
  take(user: string): (() => void) | 'full' | 'user-limit' {
    if (this.#taken >= this.#limits.mostConnections) return 'full';
    const before = this.#ofUsers.get(user) ?? 0;
    if (before >= this.#limits.mostConnectionsOfUser) return 'user-limit';
    this.#taken += 1;
    this.#ofUsers.set(user, before + 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      this.#taken -= 1;
      const left = (this.#ofUsers.get(user) ?? 1) - 1;
      if (left === 0) this.#ofUsers.delete(user);
      else this.#ofUsers.set(user, left);
    };
  }
}
