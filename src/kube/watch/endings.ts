// Why a stream or a list has ended, and what follows from that.
import { KubeError, type KubeStatus } from '../kube-error.ts';
import { LineTooLong } from './line-splitter.ts';
import { MalformedEvent } from './watch-event.ts';

/**
 * `eof`: as it should. `stalled`: silence. `error`: the server said no, or the connection broke. `unreachable`: there is no connection.
 * `refused`: 403 or 404. `malformed`: bytes that are no events. `expired`, `disordered`, `unreadable`, `rejected`: only a list helps.
 */
export type EndingReason =
  | 'eof'
  | 'stalled'
  | 'error'
  | 'unreachable'
  | 'refused'
  | 'malformed'
  | 'expired'
  | 'disordered'
  | 'unreadable'
  | 'rejected';

/** How one request went. */
export interface Ending {
  reason: EndingReason;
  /** For people; undefined where nothing is wrong. */
  failure: string | undefined;
  retryAfterMs: number | undefined;
  /** Resuming makes no sense: a list is next. Says why. */
  listNeeded: string | undefined;
  error: unknown;
}

/** Thrown out of a stream that can only be mended by a list. */
export class ListNeeded extends Error {
  override readonly name = 'ListNeeded';
  readonly reason: 'expired' | 'disordered' | 'unreadable';

  constructor(reason: ListNeeded['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** An ERROR in the stream, as what it would have been as an answer. */
export function toStreamError(status: KubeStatus | undefined): Error {
  if (status === undefined) return new KubeError('Failed', 'the stream ended with an error', {});
  const { message = 'the stream ended with an error', code, reason } = status;
  if (code === 410 || reason === 'Expired' || reason === 'Gone') return new ListNeeded('expired', message);
  return new KubeError('Failed', message, {
    status,
    ...(typeof code === 'number' ? { httpStatus: code } : {}),
    retryAfterMs: retryAfterOf(status),
  });
}

function retryAfterOf({ details }: KubeStatus): number | undefined {
  const seconds: unknown = details?.retryAfterSeconds;
  return typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : undefined;
}

/** A request that ended well. */
export const goodEnding: Ending = {
  reason: 'eof',
  failure: undefined,
  retryAfterMs: undefined,
  listNeeded: undefined,
  error: undefined,
};

/** A server that starts says so, and asks for five seconds, though it takes one or two: its return is to be seen sooner. */
const startingWords = 'before all known HTTP paths have been installed';
const startingMs = 1000;

/** What an error means. */
export function toEnding(error: unknown): Ending {
  const failure = error instanceof Error ? error.message : String(error);
  const askedMs = error instanceof KubeError ? error.retryAfterMs : undefined;
  const retryAfterMs = failure.includes(startingWords) ? startingMs : askedMs;
  const reason = toReason(error);
  const listNeeded = listReasonOf(reason, error);
  // That history does not reach back for ever is as it should be.
  return { reason, failure: reason === 'expired' ? undefined : failure, retryAfterMs, listNeeded, error };
}

const reasonsByStatus = new Map<number | undefined, EndingReason>([
  [400, 'rejected'],
  [403, 'refused'],
  [404, 'refused'],
  [410, 'expired'],
  [422, 'rejected'],
]);

const reasonsByCode = new Map<string, EndingReason>([
  ['Timeout', 'stalled'],
  ['Unreachable', 'unreachable'],
  ['TlsFailed', 'unreachable'],
  ['ProxyFailed', 'unreachable'],
]);

function toReason(error: unknown): EndingReason {
  if (error instanceof ListNeeded) return error.reason;
  if (error instanceof LineTooLong || error instanceof MalformedEvent) return 'malformed';
  if (!(error instanceof KubeError)) return 'error';
  const { httpStatus, code } = error;
  return (httpStatus === undefined ? reasonsByCode.get(code) : reasonsByStatus.get(httpStatus)) ?? 'error';
}

function listReasonOf(reason: EndingReason, error: unknown): string | undefined {
  if (error instanceof ListNeeded || reason === 'expired' || reason === 'rejected') return reason;
  // A kind that was gone for a while may have another history now.
  return error instanceof KubeError && error.httpStatus === 404 ? 'missing' : undefined;
}
