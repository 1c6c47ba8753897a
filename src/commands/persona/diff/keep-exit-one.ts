// Exit code 1 of a diff means a difference, and nothing else: errors that would exit 1 exit 9.
import { DorguError } from '../../../api/errors.ts';
import { EXIT_CODES, exitCodeOf } from '../../exit-codes.ts';

/** The error to throw instead: the same words, another exit code where it was 1. */
export function keepExitOne(error: unknown): unknown {
  if (!(error instanceof DorguError) || exitCodeOf(error) !== EXIT_CODES.no) return error;
  const { code, message, hint, cause, details } = error;
  return new DorguError(code, message, { kind: 'failed', hint, cause, details });
}
