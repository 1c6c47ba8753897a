// The account that a watch keeps of itself.
import type { WatchHealth } from './reflector.ts';

/** What is written down while it runs. */
export class HealthRecord {
  isSynced = false;
  failure: string | undefined;
  lastByteAtMs: number | undefined;
  lastEventAtMs: number | undefined;
  /** Events and listed objects without a name, a uid or a version, or of an unknown type. */
  skipped = 0;
  readonly #restarts = new Map<string, number>();
  readonly #relists = new Map<string, number>();

  restarted(reason: string): void {
    this.#restarts.set(reason, (this.#restarts.get(reason) ?? 0) + 1);
  }

  relisted(reason: string): void {
    this.#relists.set(reason, (this.#relists.get(reason) ?? 0) + 1);
  }

  /** A copy, with what others count. */
  read({ objects, skipped }: { objects: number; skipped: number }): WatchHealth {
    const { isSynced, failure, lastByteAtMs, lastEventAtMs } = this;
    return {
      isSynced,
      failure,
      lastByteAtMs,
      lastEventAtMs,
      objects,
      restarts: new Map(this.#restarts),
      relists: new Map(this.#relists),
      skipped: this.skipped + skipped,
    };
  }
}
