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

/** What each means: README.md and docs/reference/errors.md are made of it. */
export const exitCodeMeanings: Record<keyof typeof EXIT_CODES, string> = {
  ok: 'done',
  no: 'the answer is no: drift, findings, a difference, not ready, or input that has to be mended',
  usage: 'the command line is wrong, or a path is missing',
  preflight: 'something has to be there first: a kubeconfig, the CustomResourceDefinitions, a newer Node',
  denied: 'the credentials are wrong, or do not suffice',
  notFound: 'what was named is not there',
  conflict: "somebody else's change stands in the way",
  unreachable: 'the cluster cannot be reached, or is too busy: worth another try',
  timeout: 'it took too long',
  failed: 'anything else that failed, such as a disk that is full',
  interrupted: 'interrupted',
};

/** By kind of error. */
const BY_KIND: Record<ErrorKind, number> = {
  usage: EXIT_CODES.usage,
  invalid: EXIT_CODES.no,
  refused: EXIT_CODES.no,
  preflight: EXIT_CODES.preflight,
  denied: EXIT_CODES.denied,
  absent: EXIT_CODES.notFound,
  conflict: EXIT_CODES.conflict,
  waiting: EXIT_CODES.timeout,
  transient: EXIT_CODES.unreachable,
  interrupted: EXIT_CODES.interrupted,
  failed: EXIT_CODES.failed,
  bug: EXIT_CODES.failed,
};

/** The exit code of a kind of error. */
export function exitCodeOfKind(kind: ErrorKind): number {
  return BY_KIND[kind];
}

/** The exit code of anything thrown; what is not a {@link DorguError} is a bug, 9. */
export function exitCodeOf(error: unknown): number {
  if (isAbort(error)) return EXIT_CODES.interrupted;
  if (!(error instanceof DorguError)) return EXIT_CODES.failed;
  return BY_KIND[error.kind];
}

/** Whether work ended because its signal was aborted (Ctrl-C). */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
