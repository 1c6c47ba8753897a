// Keys whose time has come, first come first served.

/** Places in a line; one that is no longer wanted is passed over, so that leaving costs nothing. */
export class ReadyLine<T extends object> {
  #places: (T | undefined)[] = [];
  #head = 0;

  push(place: T): void {
    this.#places.push(place);
  }

  /** The first that is still wanted; it leaves the line. */
  take(isWanted: (place: T) => boolean): T | undefined {
    while (this.#head < this.#places.length) {
      const place = this.#places[this.#head];
      this.#places[this.#head++] = undefined;
      this.#compact();
      if (place !== undefined && isWanted(place)) return place;
    }
    return undefined;
  }

  clear(): void {
    this.#places = [];
    this.#head = 0;
  }

  /** Half of it being empty is when moving the rest is cheap. */
  #compact(): void {
    if (this.#head < 64 || this.#head * 2 < this.#places.length) return;
    this.#places = this.#places.slice(this.#head);
    this.#head = 0;
  }
}
