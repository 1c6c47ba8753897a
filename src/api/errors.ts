// The one error family: what went wrong, in words for the person who has to mend it.
import { findErrorEntry, findRemedy, type ErrorCode, type ServerReason } from './error-codes.ts';
import type { ErrorKind } from './error-codes/error-entry.ts';

export type { ErrorKind } from './error-codes/error-entry.ts';

/** The parts of a {@link DorguError} beside its message. */
export interface ErrorDetails {
  /** Another than the catalogue's: where a command's exit codes have meanings of their own, or a server's reason is not in it. */
  kind?: ErrorKind;
  /** What to do next: an exact command, or the change to make. Default: what the catalogue says about the code. */
  hint?: string | undefined;
  /** The error underneath, or a sentence about it. */
  cause?: unknown;
  /** Findings that belong to the error, one line each, printed under the message. */
  details?: readonly string[];
}

/** An expected failure. `code` is one of the catalogue (src/api/error-codes.ts), stable, for machines; `message` says what was expected, what was found and where. */
export class DorguError extends Error {
  readonly code: ErrorCode | ServerReason;
  readonly kind: ErrorKind;
  readonly hint: string | undefined;
  readonly details: readonly string[];

  constructor(
    code: ErrorCode | ServerReason,
    message: string,
    { kind, hint, cause, details = [] }: ErrorDetails = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DorguError';
    this.code = code;
    this.kind = kind ?? findErrorEntry(code)?.kind ?? 'failed';
    this.hint = hint ?? findRemedy(code);
    this.details = details;
  }
}
