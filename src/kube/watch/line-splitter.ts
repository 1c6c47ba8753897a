// Lines of a stream of bytes, whole before they become text: a character may be split between two chunks, a line between many.

/** A line longer than what an API server can have to say. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
}

/** Cuts chunks into lines. */
export interface LineSplitter {
  /** Calls `onLine` for each line that is complete now. @throws LineTooLong; whatever `onLine` throws */
  push(chunk: Buffer): void;
}

const newline = 10;

/** Empty lines are passed over. What comes without a newline at the end is never handed on: it may be half a line. */
export function createLineSplitter(maxLineBytes: number, onLine: (line: string) => void): LineSplitter {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  const keep = (rest: Buffer): void => {
    if (rest.length === 0) return;
    pending.push(rest);
    pendingBytes += rest.length;
    confirmLength(pendingBytes);
  };
  const confirmLength = (bytes: number): void => {
    if (bytes > maxLineBytes) throw new LineTooLong(`a line of more than ${maxLineBytes} bytes`);
  };
  /** The end of a line together with what had come of it before. */
  const take = (end: Buffer): Buffer => {
    confirmLength(pendingBytes + end.length);
    if (pendingBytes === 0) return end;
    const whole = Buffer.concat([...pending, end], pendingBytes + end.length);
    pending = [];
    pendingBytes = 0;
    return whole;
  };
  return {
    push(chunk) {
      let start = 0;
      for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
        const line = take(chunk.subarray(start, end));
        start = end + 1;
        if (line.length > 0) onLine(line.toString('utf8'));
      }
      keep(chunk.subarray(start));
    },
  };
}
