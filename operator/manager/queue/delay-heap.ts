// Keys that wait for a time: a binary heap, earliest first, from which any key can be taken out.

interface Node {
  key: string;
  at: number;
}

/** Each key stands in it at most once. */
export class DelayHeap {
  readonly #nodes: Node[] = [];
  readonly #positions = new Map<string, number>();

  get size(): number {
    return this.#nodes.length;
  }

  /** Puts a key in, or moves it to another time. */
  set(key: string, at: number): void {
    const position = this.#positions.get(key);
    if (position === undefined) {
      this.#place({ key, at }, this.#nodes.length);
      this.#rise(this.#nodes.length - 1);
      return;
    }
    this.#place({ key, at }, position);
    this.#sink(this.#rise(position));
  }

  /** When the earliest is due; undefined where nothing waits. */
  nextAt(): number | undefined {
    return this.#nodes[0]?.at;
  }

  /** Takes the earliest out if it is due. */
  takeDue(now: number): string | undefined {
    const first = this.#nodes[0];
    if (first === undefined || first.at > now) return undefined;
    this.delete(first.key);
    return first.key;
  }

  delete(key: string): boolean {
    const position = this.#positions.get(key);
    const last = this.#nodes.at(-1);
    if (position === undefined || last === undefined) return false;
    this.#nodes.pop();
    this.#positions.delete(key);
    if (last.key !== key) {
      this.#place(last, position);
      this.#sink(this.#rise(position));
    }
    return true;
  }

  clear(): void {
    this.#nodes.length = 0;
    this.#positions.clear();
  }

  #place(node: Node, position: number): void {
    this.#nodes[position] = node;
    this.#positions.set(node.key, position);
  }

  #isBefore(one: number, other: number): boolean {
    return (this.#nodes[one]?.at ?? Infinity) < (this.#nodes[other]?.at ?? Infinity);
  }

  #swap(one: number, other: number): void {
    const [first, second] = [this.#nodes[one], this.#nodes[other]];
    if (first === undefined || second === undefined) return;
    this.#place(second, one);
    this.#place(first, other);
  }

  #rise(from: number): number {
    let position = from;
    while (position > 0) {
      const parent = (position - 1) >> 1;
      if (!this.#isBefore(position, parent)) break;
      this.#swap(position, parent);
      position = parent;
    }
    return position;
  }

  #sink(from: number): void {
    let position = from;
    for (;;) {
      const left = 2 * position + 1;
      const child = this.#isBefore(left + 1, left) ? left + 1 : left;
      if (!this.#isBefore(child, position)) return;
      this.#swap(position, child);
      position = child;
    }
  }
}
