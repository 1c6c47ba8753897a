// The shape of an entry of the error catalogue.

/**
 * Whose turn it is: `usage` the command line is wrong, `invalid` the user mends input, `refused` the answer is no (drift, findings),
 * `preflight` something has to be there first, `denied` rights or credentials are missing, `absent` what was named is not there, `conflict`
 * somebody else's change stands in the way, `waiting` retry later, `transient` back off, `interrupted` the user ended it, `failed` the
 * machine said no (disk, permission), `bug` ours.
 */
export type ErrorKind =
  | 'usage'
  | 'invalid'
  | 'refused'
  | 'preflight'
  | 'denied'
  | 'absent'
  | 'conflict'
  | 'waiting'
  | 'transient'
  | 'interrupted'
  | 'failed'
  | 'bug';

/** What an error's code means. docs/reference/errors.md is made of these. */
export interface ErrorEntry {
  /** Decides the exit code. */
  kind: ErrorKind;
  /** When it happens. */
  when: string;
  /** What to do about it. */
  remedy: string;
}
