// A whole state on its way to one reader. It is read while it is sent, so that it costs next to nothing until then.
import { pageBytes } from '../../../src/protocol/limits.ts';
import type { Step } from './delivery.ts';
import type { Kept } from './kept.ts';

/** One page. */
export interface Page {
  /** JSON of each item. */
  items: string[];
  page: number;
  isLast: boolean;
}

/** The pages of one state, and what has happened to the items in them meanwhile. */
export class Pages {
  #number = 0;
  #entries: Iterator<[string, Kept]> | undefined;
  /** Places up to this one have been looked at. */
  #lastOrder = 0;
  /** Read, and too long for its page. */
  #left: string | undefined;
  readonly #held = new Map<string, Step>();

  /** Keeps a change for later, as the reader sees it: that of an item which was passed. What is still to come is read as it is then. */
  hold(key: string, step: Step, { held }: Step): void {
    const before = this.#held.get(key);
    const isPassed = held !== undefined && held.order <= this.#lastOrder;
    // One that comes to nothing stays: what is in the pages is still what comes first.
    if (before !== undefined) this.#held.set(key, { held: before.held, latest: step.latest });
    else if (isPassed) this.#held.set(key, step);
  }

  /** One step for each item. */
  listHeld(): { key: string; step: Step }[] {
    return Array.from(this.#held, ([key, step]) => ({ key, step }));
  }

  /** The next page; `toJson` says undefined for what is not to be seen. An item is in one page at most. */
  fill(items: ReadonlyMap<string, Kept>, toJson: (kept: Kept) => string | undefined): Page {
    this.#entries ??= items.entries();
    const page: string[] = [];
    let length = 0;
    let json = this.#left ?? this.#read(toJson);
    while (json !== undefined) {
      length += json.length;
      if (page.length > 0 && length > pageBytes) break;
      page.push(json);
      json = this.#read(toJson);
    }
    this.#left = json;
    return { items: page, page: this.#number++, isLast: json === undefined };
  }

  /** The next that is to be seen; undefined at the end. */
  #read(toJson: (kept: Kept) => string | undefined): string | undefined {
    for (;;) {
      const next = this.#entries?.next();
      if (next === undefined || next.done === true) return undefined;
      const [key, kept] = next.value;
      this.#lastOrder = kept.order;
      const json = this.#held.has(key) ? undefined : toJson(kept);
      if (json !== undefined) return json;
    }
  }
}
