// What one request to the fake API server may meet, and what a stream that runs may be told to do: the fault script.
import type { StoredEvent, StoredObject } from './object-storage.ts';

/** Before, or in the middle of, an answer. */
export type RequestFault =
  /** An answer that says no: a Status, or text (HTML). */
  | { kind: 'answer'; status: number; reason?: string; retryAfterSeconds?: number; html?: string }
  /** The connection ends without an answer. */
  | { kind: 'reset' }
  /** The request is taken, and nothing comes, not even headers. */
  | { kind: 'silence' }
  /** Headers and so many bytes, then the connection ends. */
  | { kind: 'cut'; afterBytes: number }
  /** Headers and so many bytes, then nothing, while TCP lives. */
  | { kind: 'stall'; afterBytes: number }
  /** The answer is served, so much later. */
  | { kind: 'late'; ms: number };

/** In the middle of a watch that runs. */
export type StreamFault =
  /** The connection ends at once; the watch ends as it should (`end`). */
  | { kind: 'reset' | 'end' }
  /** Nothing comes any more, while TCP lives. */
  | { kind: 'stall' }
  /** Half a line, and then nothing or the end. */
  | { kind: 'half-line'; then: 'stall' | 'reset' }
  /** A line of so many bytes. */
  | { kind: 'long-line'; bytes: number }
  /** A line that is sent as it is: no JSON, no event. */
  | { kind: 'line'; text: string }
  /** An ERROR in the stream. */
  | { kind: 'error'; code: number; reason?: string; retryAfterSeconds?: number }
  /** A type of which nobody has heard. */
  | { kind: 'unknown-type' }
  /** The last change once more, its object without a uid. */
  | { kind: 'no-uid' }
  /** The last change once more. */
  | { kind: 'duplicate' }
  /** A change from long ago once more, with its old number. */
  | { kind: 'old-event' }
  /** A bookmark from long ago. */
  | { kind: 'old-bookmark' }
  /** The next two changes in the wrong order. */
  | { kind: 'reorder' }
  /** The next change in pieces of a byte, so that every code point is split. */
  | { kind: 'split' };

/** One line of a watch. */
export function toLine(type: string, object: unknown): string {
  return `${JSON.stringify({ type, object })}\n`;
}

/** Kubernetes' Status of a failure. */
export function toFailure(code: number, reason = 'Failure', retryAfterSeconds?: number): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message: `scripted: ${code} ${reason}`,
    reason,
    code,
    ...(retryAfterSeconds === undefined ? {} : { details: { retryAfterSeconds } }),
  };
}

/** The line that a fault adds to a stream, made of its history; undefined where it is none that adds a line, or there is no history. */
export function toFaultyLine(fault: StreamFault, history: readonly StoredEvent[]): string | undefined {
  switch (fault.kind) {
    case 'long-line':
      return toLine('ADDED', { filler: 'x'.repeat(fault.bytes) });
    case 'line':
      return `${fault.text}\n`;
    case 'error':
      return toLine('ERROR', toFailure(fault.code, fault.reason, fault.retryAfterSeconds));
    default:
      return toLineOfHistory(fault.kind, history);
  }
}

function toLineOfHistory(kind: StreamFault['kind'], history: readonly StoredEvent[]): string | undefined {
  const [first] = history;
  const last = history.at(-1);
  if (first === undefined || last === undefined) return undefined;
  switch (kind) {
    case 'unknown-type':
      return toLine('SYNCHRONISED', last.object);
    case 'no-uid':
      return toLine(last.type, withoutUid(last.object));
    case 'duplicate':
      return toLine(last.type, last.object);
    case 'old-event':
      return toLine(first.type, first.object);
    case 'old-bookmark':
      return toLine('BOOKMARK', { metadata: { resourceVersion: String(first.revision - 1) } });
    default:
      return undefined;
  }
}

function withoutUid(object: StoredObject): object {
  const { uid: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
