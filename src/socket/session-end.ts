// How a connection to the stream ends, or does not begin, and what follows from that.

/**
 * `lost`: the way broke, or that replica went: come back at once. `expired`: come back with other credentials.
 * `refused`: coming back at once would end the same way. `stopped`: we wanted it.
 */
export interface SessionEnd {
  kind: 'lost' | 'expired' | 'refused' | 'stopped';
  /** For people, one line, without secrets. */
  reason: string;
}

/** A connection that did not come about. */
export class StreamFailed extends Error {
  override readonly name = 'StreamFailed';
  readonly end: SessionEnd;

  constructor(end: SessionEnd, cause?: unknown) {
    super(end.reason, cause === undefined ? undefined : { cause });
    this.end = end;
  }
}

const longestReason = 300;

/** Words of a server, as one short line. */
export function toReason(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longestReason ? `${line.slice(0, longestReason)}…` : line;
}
