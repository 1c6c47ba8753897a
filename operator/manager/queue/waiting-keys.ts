// The keys that wait, each once: delayed ones by time, ready ones in two lines, changes before resyncs.
import type { Priority } from '../work-queue.ts';
import { DelayHeap } from './delay-heap.ts';
import { ReadyLine } from './ready-line.ts';

/** When and how urgently a key is wanted. Times are those of the caller's clock. */
export interface Wish {
  priority: Priority;
  readyAt: number;
}

/** A key whose turn it is. */
export interface Turn extends Wish {
  key: string;
}

interface Entry extends Turn {
  /** In a line, not in the heap. */
  isReady: boolean;
}

/** After so many changes in a row a resync gets its turn, so that a busy cluster does not starve it. */
const changesInARow = 7;

/** Both wishes in one: the earlier time and the higher priority. */
export function mergeWishes(one: Wish, other: Wish): Wish {
  return {
    priority: one.priority === 'change' ? 'change' : other.priority,
    readyAt: Math.min(one.readyAt, other.readyAt),
  };
}

/** Bookkeeping only: no clock, no work. */
export class WaitingKeys {
  readonly #entries = new Map<string, Entry>();
  readonly #delayed = new DelayHeap();
  readonly #lines = { change: new ReadyLine<Entry>(), resync: new ReadyLine<Entry>() };
  readonly #ready = { change: 0, resync: 0 };
  #changesTaken = 0;

  /** Keys that wait, delayed ones included. */
  get size(): number {
    return this.#entries.size;
  }

  /** Keys whose time has come. */
  get readyCount(): number {
    return this.#ready.change + this.#ready.resync;
  }

  /** Adds a key or sharpens what is wanted of it; true where it did not wait before. */
  add(key: string, wish: Wish, now: number): boolean {
    const before = this.#entries.get(key);
    const wanted = before === undefined ? wish : mergeWishes(before, wish);
    const isSharper =
      before === undefined || wanted.readyAt < before.readyAt || wanted.priority !== before.priority;
    if (isSharper && !(before?.isReady && wanted.priority === before.priority)) {
      this.delete(key);
      this.#enter({ key, ...wanted, isReady: false }, now);
    }
    return before === undefined;
  }

  /** The next turn, if any time has come. */
  take(now: number): Turn | undefined {
    for (let key = this.#delayed.takeDue(now); key !== undefined; key = this.#delayed.takeDue(now)) {
      const entry = this.#entries.get(key);
      if (entry !== undefined) this.#lineUp(entry);
    }
    const isResyncDue = this.#ready.resync > 0 && this.#changesTaken >= changesInARow;
    const priority = this.#ready.change > 0 && !isResyncDue ? 'change' : 'resync';
    this.#changesTaken = priority === 'change' ? this.#changesTaken + 1 : 0;
    const entry = this.#lines[priority].take((place) => this.#entries.get(place.key) === place);
    if (entry !== undefined) this.delete(entry.key);
    return entry;
  }

  /** When there is something to take; undefined where nothing waits. */
  nextAt(): number | undefined {
    return this.readyCount > 0 ? -Infinity : this.#delayed.nextAt();
  }

  delete(key: string): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined) return false;
    this.#entries.delete(key);
    if (entry.isReady) this.#ready[entry.priority] -= 1;
    else this.#delayed.delete(key);
    return true;
  }

  clear(): void {
    this.#entries.clear();
    this.#delayed.clear();
    this.#lines.change.clear();
    this.#lines.resync.clear();
    this.#ready.change = this.#ready.resync = 0;
  }

  #enter(entry: Entry, now: number): void {
    this.#entries.set(entry.key, entry);
    if (entry.readyAt <= now) this.#lineUp(entry);
    else this.#delayed.set(entry.key, entry.readyAt);
  }

  #lineUp(entry: Entry): void {
    entry.isReady = true;
    this.#ready[entry.priority] += 1;
    this.#lines[entry.priority].push(entry);
  }
}
