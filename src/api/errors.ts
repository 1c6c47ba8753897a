// The one error family: what went wrong, in words for the person who has to mend it.

/**
 * Whose turn it is: `invalid` the user mends input, `usage` the command line is wrong, `refused` the answer is no
 * (drift, findings), `conflict` a person's edit stands in the way, `waiting` retry later, `transient` back off,
 * `failed` the machine said no (disk, permission), `bug` ours.
 */
export type ErrorKind =
  'invalid' | 'usage' | 'refused' | 'conflict' | 'waiting' | 'transient' | 'failed' | 'bug';

/** The parts of a {@link DorguError} beside its message. */
export interface ErrorDetails {
  kind?: ErrorKind;
  /** What to do next: an exact command, or the change to make. */
  hint?: string | undefined;
  /** The error underneath, or a sentence about it. */
  cause?: unknown;
  /** Findings that belong to the error, one line each, printed under the message. */
  details?: readonly string[];
}

/** An expected failure. `code` is UpperCamelCase, stable, for machines; `message` says what was expected, what was found and where. */
export class DorguError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly hint: string | undefined;
  readonly details: readonly string[];

  constructor(
    code: string,
    message: string,
    { kind = 'invalid', hint, cause, details = [] }: ErrorDetails = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DorguError';
    this.code = code;
    this.kind = kind;
    this.hint = hint;
    this.details = details;
  }
}
