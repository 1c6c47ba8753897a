// Writes and reads the bytes of a checkpoint: whole numbers in as few bytes as they need, text, and exact fractions.

/** Bytes that are not what a checkpoint holds; the message says what was expected, and where. */
export class MalformedBytesError extends Error {
  override name = 'MalformedBytesError';
}

/** Collects bytes. */
export interface ByteWriter {
  /** A whole number from 0 to 2^53 - 1: seven bits a byte. */
  number(value: number): void;
  /** Any number, in eight bytes. */
  fraction(value: number): void;
  text(value: string): void;
  /** Bytes with their length before them. */
  bytes(value: Uint8Array): void;
  finish(): Uint8Array;
}

const textEncoder = new TextEncoder();

/** A writer that starts empty. */
export function createByteWriter(): ByteWriter {
  let buffer = new Uint8Array(256);
  let length = 0;
  const reserve = (count: number) => {
    if (length + count <= buffer.length) return;
    const grown = new Uint8Array(Math.max(buffer.length * 2, length + count));
    grown.set(buffer.subarray(0, length));
    buffer = grown;
  };
  const number = (value: number) => {
    reserve(8);
    let rest = value;
    while (rest >= 128) {
      buffer[length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    buffer[length++] = rest;
  };
  const bytes = (value: Uint8Array) => {
    number(value.length);
    reserve(value.length);
    buffer.set(value, length);
    length += value.length;
  };
  return {
    number,
    bytes,
    text: (value) => bytes(textEncoder.encode(value)),
    fraction: (value) => {
      reserve(8);
      new DataView(buffer.buffer).setFloat64(length, value, true);
      length += 8;
    },
    finish: () => buffer.slice(0, length),
  };
}

/** Reads what a {@link ByteWriter} wrote; every method throws MalformedBytesError at anything else. */
export interface ByteReader {
  /** A whole number of at most `most`. */
  number(most?: number): number;
  fraction(): number;
  text(maxLength: number): string;
  bytes(): Uint8Array;
  readonly isAtEnd: boolean;
}

/** A reader that starts at the first byte. */
export function createByteReader(buffer: Uint8Array): ByteReader {
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  let at = 0;
  const take = (count: number) => {
    if (at + count > buffer.length) fail(`it ends where ${count} more bytes were expected`, at);
    at += count;
    return at - count;
  };
  const number = (most = Number.MAX_SAFE_INTEGER) => {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 8; count++) {
      const byte = buffer[take(1)] ?? 0;
      value += (byte & 127) * scale;
      scale *= 128;
      if (byte < 128) return value <= most ? value : fail(`${value} is more than ${most}`, at);
    }
    return fail('a number is longer than eight bytes', at);
  };
  const bytes = () => {
    const length = number();
    const start = take(length);
    return buffer.subarray(start, start + length);
  };
  return {
    number,
    bytes,
    fraction: () => view.getFloat64(take(8), true),
    text: (maxLength) => readText(bytes(), maxLength, at),
    get isAtEnd() {
      return at === buffer.length;
    },
  };
}

function readText(bytes: Uint8Array, maxLength: number, at: number): string {
  if (bytes.length > maxLength) fail(`a text of ${bytes.length} bytes, expected at most ${maxLength}`, at);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fail('a text is not UTF-8', at);
  }
}

function fail(what: string, at: number): never {
  throw new MalformedBytesError(`byte ${at}: ${what}`);
}
