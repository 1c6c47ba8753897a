// DER, as much of it as certificates need: elements written, and the ones of a certificate that was verified already found again.

/** Tags of what is written here. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** One of the context: `[3]`, with elements in it. */
export function contextTag(number: number): number {
  return 0xa0 | number;
}

/** Tag, length and what is in it. */
export function toElement(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), toLength(content.length), content]);
}

export const toSequence = (...parts: readonly Uint8Array[]): Buffer => toElement(tags.sequence, ...parts);

function toLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

/** `2.5.4.3` */
export function toObjectId(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return toElement(tags.objectId, Buffer.from([first * 40 + second, ...rest.flatMap(toBase128)]));
}

function toBase128(value: number): number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
    bytes.unshift(0x80 | (rest % 128));
  return bytes;
}

/** To the second: UTCTime until 2049, as certificates have it. Milliseconds since the epoch. */
export function toTime(ms: number): Buffer {
  const digits = `${new Date(ms).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
  const isShort = digits >= '1950' && digits < '2050';
  return isShort
    ? toElement(tags.utcTime, Buffer.from(digits.slice(2)))
    : toElement(tags.generalizedTime, Buffer.from(digits));
}

/** An element that was read. */
export interface Element {
  tag: number;
  /** With tag and length. */
  whole: Buffer;
  content: Buffer;
}

/** The elements that stand one after the other; what is cut off is left out. Tags of one byte only: certificates have no others. */
export function readElements(bytes: Buffer): Element[] {
  const elements: Element[] = [];
  for (let at = 0; at + 2 <= bytes.length;) {
    const short = bytes.readUInt8(at + 1);
    const more = short < 0x80 ? 0 : short & 0x7f;
    if (more > 4 || at + 2 + more > bytes.length) break;
    const length = more === 0 ? short : bytes.readUIntBE(at + 2, more);
    const from = at + 2 + more;
    if (from + length > bytes.length) break;
    const [whole, content] = [bytes.subarray(at, from + length), bytes.subarray(from, from + length)];
    elements.push({ tag: bytes.readUInt8(at), whole, content });
    at = from + length;
  }
  return elements;
}
