// How much JSON a body may hold, counted before it is read: a few bytes of text can become a hundred bytes of objects.

/** Bodies up to this many bytes are read as they are: whatever they hold is small. */
const harmlessBytes = 64 * 1024;

/** Deepest nesting and most values; the largest objects that an API server takes stay far below. */
const mostDepth = 200;
const mostValues = 500_000;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openings = new Set([0x5b, 0x7b]);
const closings = new Set([0x5d, 0x7d]);

/** What is too much about it, in a sentence; undefined where it may be read. Text that is no JSON is for the reader to refuse. */
export function findExcess(body: Buffer): string | undefined {
  if (body.length <= harmlessBytes) return undefined;
  let depth = 0;
  let values = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    if (byte === quote) at = findEnd(body, at);
    else if (byte === comma) values += 1;
    else if (openings.has(byte)) {
      depth += 1;
      values += 1;
    } else if (closings.has(byte)) depth -= 1;
    if (depth > mostDepth) return `expected JSON of at most ${mostDepth} levels`;
    if (values > mostValues) return `expected JSON of at most ${mostValues} values`;
  }
  return undefined;
}

/** The quote that ends the text which begins at `start`; the body's end where none does. */
function findEnd(body: Buffer, start: number): number {
  for (let end = body.indexOf(quote, start + 1); end >= 0; end = body.indexOf(quote, end + 1)) {
    let escapes = 0;
    while (body[end - 1 - escapes] === backslash) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return body.length;
}
