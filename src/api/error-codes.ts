// The error catalogue: every code that an error of ours can have. docs/reference/errors.md is generated from it.
import { applicationErrors } from './error-codes/application.ts';
import { clusterErrors } from './error-codes/cluster.ts';
import { commandLineErrors } from './error-codes/command-line.ts';
import type { ErrorEntry } from './error-codes/error-entry.ts';
import { manifestErrors } from './error-codes/manifests.ts';
import { prometheusErrors } from './error-codes/prometheus.ts';
import { serverErrors } from './error-codes/server.ts';

/** By area, in the order of the page. */
export const errorAreas = {
  'The command line': commandLineErrors,
  'An application, its settings, and what is generated': applicationErrors,
  'Manifests and personas': manifestErrors,
  'The way to a cluster': clusterErrors,
  'Answers of the API server': serverErrors,
  Prometheus: prometheusErrors,
} as const;

const entries = {
  ...commandLineErrors,
  ...applicationErrors,
  ...manifestErrors,
  ...clusterErrors,
  ...serverErrors,
  ...prometheusErrors,
};

/** A code of the catalogue. */
export type ErrorCode = keyof typeof entries;

/** A reason of an API server's Status that may be none of the catalogue's: `AlreadyExists`, a webhook's own. */
export type ServerReason = string & { readonly serverReason: true };

/** The entry of a code; undefined for a server's reason that has none. */
export function findErrorEntry(code: string): ErrorEntry | undefined {
  return Object.hasOwn(entries, code) ? entries[code as ErrorCode] : undefined;
}

/** What to do about an error that brings no nearer hint; undefined for an API server's answers, which have words of their own. */
export function findRemedy(code: string): string | undefined {
  return Object.hasOwn(serverErrors, code) ? undefined : findErrorEntry(code)?.remedy;
}
