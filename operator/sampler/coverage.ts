// Which windows of the last eight days have been asked for: what is missing is asked for later, and nothing twice.
import { sampleWindowMs } from '../../src/sizing/usage.ts';

/** How far back anything is asked for. */
export const keptMs = 8 * 86_400_000;

/** A span of windows: those that end after `fromMs`, up to the one that ends at `toMs`. */
export interface WindowSpan {
  fromMs: number;
  toMs: number;
}

const maxTextLength = 100_000;

/** Windows by the millisecond of their end. */
export class Coverage {
  readonly #ends = new Set<number>();

  /** What {@link toText} gave; what is no span of windows is left out. */
  static parse(text: string): Coverage {
    const coverage = new Coverage();
    for (const part of text.slice(0, maxTextLength).split(',')) {
      const [, from, to] = /^(\d{1,9})-(\d{1,9})$/.exec(part) ?? [];
      const span = { fromMs: Number(from) * sampleWindowMs, toMs: Number(to) * sampleWindowMs };
      // Text of others may name a million windows.
      if (span.toMs - span.fromMs <= 2 * keptMs) coverage.add(span);
    }
    return coverage;
  }

  get size(): number {
    return this.#ends.size;
  }

  has(endMs: number): boolean {
    return this.#ends.has(endMs);
  }

  add({ fromMs, toMs }: WindowSpan): void {
    for (let end = fromMs + sampleWindowMs; end <= toMs; end += sampleWindowMs) this.#ends.add(end);
  }

  /** Forgets what is older than anything that would be asked for. */
  trim(nowMs: number): void {
    for (const end of this.#ends) if (end <= nowMs - keptMs - sampleWindowMs) this.#ends.delete(end);
  }

  /** The newest windows that are missing, up to the one that ends at `toMs`: at most so many together; undefined where none is. */
  findNewestGap(toMs: number, mostWindows: number): WindowSpan | undefined {
    const oldest = toMs - keptMs;
    let last = toMs;
    while (last > oldest && this.#ends.has(last)) last -= sampleWindowMs;
    if (last <= oldest) return undefined;
    let first = last;
    const limit = Math.max(oldest, last - mostWindows * sampleWindowMs);
    while (first > limit && !this.#ends.has(first)) first -= sampleWindowMs;
    return { fromMs: first, toMs: last };
  }

  /** Spans as numbers of windows: `5400000-5400012,5400020-5400021`. */
  toText(): string {
    const spans: WindowSpan[] = [];
    for (const end of [...this.#ends].sort((left, right) => left - right)) {
      const before = spans.at(-1);
      if (before?.toMs === end - sampleWindowMs) before.toMs = end;
      else spans.push({ fromMs: end - sampleWindowMs, toMs: end });
    }
    return spans.map(({ fromMs, toMs }) => `${fromMs / sampleWindowMs}-${toMs / sampleWindowMs}`).join(',');
  }
}

/** The end of the newest window that is over since at least `lagMs`. */
export function newestWindowEnd(nowMs: number, lagMs: number): number {
  return Math.floor((nowMs - lagMs) / sampleWindowMs) * sampleWindowMs;
}
