// The items of a list, one by one while its bytes come: neither the page's text nor all of its objects are ever held.
import { LineTooLong } from './line-splitter.ts';

/** What stands around the items. */
export interface ListEnvelope {
  kind?: unknown;
  metadata?: { resourceVersion?: unknown; continue?: unknown };
}

/** Cuts one list into its items. */
export interface ListSplitter {
  /** Calls `onItem` with the JSON of each object that is complete now. @throws LineTooLong; whatever `onItem` throws */
  push(chunk: Buffer): void;
  /** The list without its items, once all of it has come. @throws SyntaxError where it is no JSON */
  end(): ListEnvelope;
}

const quote = 34;
const backslash = 92;
const openBrace = 123;
const closeBrace = 125;
const openBracket = 91;
const closeBracket = 93;

/** A list's items are objects of its own key `items`, wherever that stands; with its name already read, its bracket comes next. */
const itemsAhead = /[{,]\s*"items"\s*:\s*$/;
const maxEnvelopeBytes = 1024 * 1024;
/** Brackets that are open around an item: the list's and its array's. */
const itemsDepth = 2;

/** A splitter for one list. */
export function createListSplitter(maxItemBytes: number, onItem: (json: string) => void): ListSplitter {
  return new Splitter(maxItemBytes, onItem);
}

class Splitter implements ListSplitter {
  readonly #maxItemBytes: number;
  readonly #onItem: (json: string) => void;
  readonly #item = new Pieces();
  readonly #envelope = new Pieces();
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #isInItems = false;

  constructor(maxItemBytes: number, onItem: (json: string) => void) {
    this.#maxItemBytes = maxItemBytes;
    this.#onItem = onItem;
  }

  push(chunk: Buffer): void {
    const rest = chunk.subarray(this.#scan(chunk));
    if (!this.#isInItems) this.#addToEnvelope(rest);
    else if (this.#depth > itemsDepth) this.#addToItem(rest);
  }

  end(): ListEnvelope {
    return JSON.parse(this.#envelope.take()) as ListEnvelope;
  }

  /** Where the piece begins that has not been put anywhere yet. */
  #scan(chunk: Buffer): number {
    let start = 0;
    let at = 0;
    while (at < chunk.length) {
      if (this.#isInString) {
        at = this.#skipString(chunk, at);
        continue;
      }
      const byte = chunk[at] ?? 0;
      at += 1;
      if (byte === quote) this.#isInString = true;
      else if (byte === openBrace || byte === openBracket) start = this.#open(chunk, start, at);
      else if (byte === closeBrace || byte === closeBracket) start = this.#close(chunk, start, at);
    }
    return start;
  }

  /** The index after the string's end, or the chunk's. */
  #skipString(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (chunk[at] === backslash) this.#isEscaped = true;
      else if (chunk[at] === quote) {
        this.#isInString = false;
        return at + 1;
      }
    }
    return chunk.length;
  }

  /** After an opening bracket: what follows it begins another piece where the items begin, and where one of them does. */
  #open(chunk: Buffer, start: number, at: number): number {
    this.#depth += 1;
    // What stands between items, commas and nulls, is let go.
    if (this.#isInItems) return this.#depth === itemsDepth + 1 ? at - 1 : start;
    if (this.#depth !== itemsDepth || chunk[at - 1] !== openBracket) return start;
    this.#addToEnvelope(chunk.subarray(start, at - 1));
    this.#isInItems = itemsAhead.test(this.#envelope.tail());
    this.#addToEnvelope(chunk.subarray(at - 1, at));
    return at;
  }

  #close(chunk: Buffer, start: number, at: number): number {
    this.#depth -= 1;
    if (!this.#isInItems || this.#depth > itemsDepth) return start;
    if (this.#depth === itemsDepth) {
      this.#addToItem(chunk.subarray(start, at));
      this.#onItem(this.#item.take());
      return at;
    }
    this.#isInItems = false;
    return at - 1;
  }

  #addToItem(piece: Buffer): void {
    this.#item.add(piece);
    if (this.#item.bytes > this.#maxItemBytes)
      throw new LineTooLong(`an item of more than ${this.#maxItemBytes} bytes`);
  }

  #addToEnvelope(piece: Buffer): void {
    this.#envelope.add(piece);
    if (this.#envelope.bytes > maxEnvelopeBytes)
      throw new LineTooLong(`a list with more than ${maxEnvelopeBytes} bytes beside its items`);
  }
}

/** Bytes that belong together. */
class Pieces {
  #pieces: Buffer[] = [];
  bytes = 0;

  add(piece: Buffer): void {
    if (piece.length === 0) return;
    this.#pieces.push(piece);
    this.bytes += piece.length;
  }

  /** The end of it, enough to see a key. */
  tail(): string {
    return Buffer.concat(this.#pieces).subarray(-64).toString('latin1');
  }

  /** All of it, as text; then it is empty. */
  take(): string {
    const [first = Buffer.alloc(0), ...rest] = this.#pieces;
    const whole = rest.length === 0 ? first : Buffer.concat([first, ...rest], this.bytes);
    this.#pieces = [];
    this.bytes = 0;
    return whole.toString('utf8');
  }
}
