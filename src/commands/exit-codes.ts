// Which exit code an error has: the README's table, in one place.
import { DorguError, type ErrorKind } from '../api/errors.ts';

/** The exit codes, by meaning. */
export const EXIT_CODES = {
  ok: 0,
  /** The answer is no: findings, drift, a difference, not ready, input that has to be mended. */
  no: 1,
  usage: 2,
  /** Something that has to be there before the work starts is not: the Node version, a file's permission. */
  preflight: 3,
  /** Unauthorised or forbidden. */
  denied: 4,
  notFound: 5,
  conflict: 6,
  unreachable: 7,
  timeout: 8,
  failed: 9,
  interrupted: 130,
} as const;

const BY_KIND: Record<ErrorKind, number> = {
  invalid: EXIT_CODES.no,
  refused: EXIT_CODES.no,
  usage: EXIT_CODES.usage,
  conflict: EXIT_CODES.conflict,
  waiting: EXIT_CODES.timeout,
  transient: EXIT_CODES.unreachable,
  failed: EXIT_CODES.failed,
  bug: EXIT_CODES.failed,
};

/** Codes that say more than their kind does. */
const BY_CODE = new Map<string, number>([
  ['Unauthorized', EXIT_CODES.denied],
  ['Forbidden', EXIT_CODES.denied],
  ['NotFound', EXIT_CODES.notFound],
  ['AlreadyExists', EXIT_CODES.conflict],
  ['Timeout', EXIT_CODES.timeout],
  ['Unreachable', EXIT_CODES.unreachable],
  ['TlsFailed', EXIT_CODES.unreachable],
  ['ProxyFailed', EXIT_CODES.unreachable],
  ['KubeconfigNotFound', EXIT_CODES.preflight],
  ['NoServer', EXIT_CODES.preflight],
  ['CrdsMissing', EXIT_CODES.preflight],
  ['Preflight', EXIT_CODES.preflight],
  ['Interrupted', EXIT_CODES.interrupted],
]);

/** The exit code of anything thrown; what is not a {@link DorguError} is a bug, 9. */
export function exitCodeOf(error: unknown): number {
  if (isAbort(error)) return EXIT_CODES.interrupted;
  if (!(error instanceof DorguError)) return EXIT_CODES.failed;
  return BY_CODE.get(error.code) ?? BY_KIND[error.kind];
}

/** Whether work ended because its signal was aborted (Ctrl-C). */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
