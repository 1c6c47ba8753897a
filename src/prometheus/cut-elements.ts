// Cuts the elements out of a JSON array of objects while it arrives.

/** What came is not the JSON of an answer. */
export class NoAnswerOfPrometheus extends Error {
  override readonly name = 'NoAnswerOfPrometheus';
}

/** A series of eight days at a point each five minutes has 70 kB. */
const maxElementBytes = 4 * 1024 * 1024;
const maxDepth = 16;

const [between, quote, open, close] = [1, 2, 3, 4] as const;
const backslash = 0x5c;
const quoteByte = 0x22;

/** What a byte means outside strings. */
const kinds = new Uint8Array(256);
for (const byte of Buffer.from(' \t\r\n,')) kinds[byte] = between;
for (const byte of Buffer.from('{[')) kinds[byte] = open;
for (const byte of Buffer.from('}]')) kinds[byte] = close;
kinds[quoteByte] = quote;

/** Where JSON stands between two bytes: in a string or not, and how deep. */
export class JsonPosition {
  depth = 0;
  isInString = false;
  #isEscaped = false;

  /** Returns the place after the string that `at` is in, or the chunk's end. */
  skipString(chunk: Buffer, at: number): number {
    let isEscaped = this.#isEscaped;
    for (; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (isEscaped) isEscaped = false;
      else if (byte === backslash) isEscaped = true;
      else if (byte === quoteByte) {
        this.isInString = false;
        this.#isEscaped = false;
        return at + 1;
      }
    }
    this.isInString = true;
    this.#isEscaped = isEscaped;
    return at;
  }

  /** Returns the place after the object or array that `at` is in or begins, or the chunk's end. */
  walkValue(chunk: Buffer, at: number): number {
    while (at < chunk.length) {
      if (this.isInString) {
        at = this.skipString(chunk, at);
        continue;
      }
      const kind = kinds[chunk[at] ?? 0];
      at += 1;
      if (kind === quote) this.isInString = true;
      else if (kind === open) this.step(1);
      else if (kind === close) {
        this.step(-1);
        if (this.depth === 0) return at;
      }
    }
    return at;
  }

  /** Counts brackets. @throws NoAnswerOfPrometheus where there are too many */
  step(change: 1 | -1): void {
    this.depth += change;
    if (this.depth > maxDepth) throw new NoAnswerOfPrometheus('the answer is nested too deeply');
  }
}

/** Takes what follows the `[` of an array. */
export class ElementCutter {
  readonly #position = new JsonPosition();
  readonly #onElements: (elements: readonly unknown[]) => void;
  /** Of an element that has begun in former chunks. */
  #begun: Buffer[] = [];
  #begunBytes = 0;

  constructor(onElements: (elements: readonly unknown[]) => void) {
    this.#onElements = onElements;
  }

  /** Hands over the elements that end in this chunk. Returns the place of the array's `]`, or the chunk's end. @throws NoAnswerOfPrometheus */
  push(chunk: Buffer, from: number): number {
    const position = this.#position;
    let first = this.#begunBytes > 0 ? from : -1;
    let last = -1;
    let at = from;
    while (at < chunk.length) {
      if (position.depth === 0) {
        at = skipBetween(chunk, at);
        if (kinds[chunk[at] ?? 0] !== open) break;
        if (first < 0) first = at;
      }
      at = position.walkValue(chunk, at);
      if (position.depth === 0) last = at;
    }
    if (last >= 0) this.#handOver(chunk.subarray(first, last));
    this.#keepRest(chunk, last >= 0 ? last : first);
    return at;
  }

  #handOver(bytes: Buffer): void {
    const whole = this.#begunBytes === 0 ? bytes : Buffer.concat([...this.#begun, bytes]);
    this.#begun = [];
    this.#begunBytes = 0;
    this.#onElements(parseJson(`[${whole.toString('utf8')}]`) as unknown[]);
  }

  /** What follows the last whole element: the beginning of the next, or commas and white space. */
  #keepRest(chunk: Buffer, from: number): void {
    if (from < 0 || this.#position.depth === 0) return;
    let start = from;
    if (this.#begunBytes === 0) while (kinds[chunk[start] ?? 0] === between) start += 1;
    this.#begunBytes += chunk.length - start;
    if (this.#begunBytes > maxElementBytes)
      throw new NoAnswerOfPrometheus('a series of the answer is too long');
    // A copy: a chunk's memory may be used again.
    this.#begun.push(Buffer.from(chunk.subarray(start)));
  }
}

/** The place of the next element or of the array's end, or the chunk's end. */
function skipBetween(chunk: Buffer, at: number): number {
  while (kinds[chunk[at] ?? 0] === between) at += 1;
  const kind = kinds[chunk[at] ?? 0];
  if (at < chunk.length && kind !== open && kind !== close)
    throw new NoAnswerOfPrometheus('the answer holds something else than series');
  return at;
}

/** @throws NoAnswerOfPrometheus, which holds nothing of the text */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new NoAnswerOfPrometheus('the answer is no JSON');
  }
}
