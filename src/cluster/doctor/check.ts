// One thing that doctor looks at, and what it has found.
import { KubeError } from '../../kube/kube-error.ts';

/** By what people ask for, in the order in which one thing rests upon the other. */
export const checkNames = [
  'kubeconfig',
  'api-server',
  'credentials',
  'clock',
  'kinds',
  'rights',
  'operator',
  'operator-rights',
  'webhook',
  'stream',
] as const;
/** One of them. */
export type CheckName = (typeof checkNames)[number];

/**
 * How it is. `warning`: it works, with a loss that is named; `unknown`: this user may not look, or nothing was answered, which is no
 * verdict; `skipped`: nothing was looked at, because of what comes before it or because it is switched off.
 */
export type CheckVerdict = 'ok' | 'warning' | 'failed' | 'unknown' | 'skipped';

/** What has been found. */
export interface Check {
  name: CheckName;
  verdict: CheckVerdict;
  /** A sentence without a full stop. */
  message: string;
  /** What to do: an exact command, or the change to make. Only where there is something to mend. */
  fix?: string | undefined;
  /** Nothing was looked at, for what is broken there. */
  blockedBy?: CheckName;
}

/** All is as it should be. */
export function pass(name: CheckName, message: string): Check {
  return { name, verdict: 'ok', message };
}

/** Something is to be mended. */
export function fail(name: CheckName, message: string, fix?: string): Check {
  return { name, verdict: 'failed', message, fix };
}

/** It works, with a loss. */
export function warn(name: CheckName, message: string, fix?: string): Check {
  return { name, verdict: 'warning', message, fix };
}

/** There is nothing to look at. */
export function skip(name: CheckName, message: string): Check {
  return { name, verdict: 'skipped', message };
}

/** All of them in order: those that were not come to are skipped, for the sake of what is broken or unseen before them. */
export function completeChecks(checks: readonly Check[]): Check[] {
  const byName = new Map(checks.map((check) => [check.name, check]));
  let blockedBy: CheckName = 'kubeconfig';
  return checkNames.map((name) => {
    const check = byName.get(name);
    if (check === undefined) return { ...skip(name, `not looked at: ${blockedBy} comes first`), blockedBy };
    if (check.verdict === 'failed' || check.verdict === 'unknown') blockedBy = name;
    return check;
  });
}

/** The error's own words, with what is underneath. */
export function describeError({ message, cause }: Error): string {
  const inner = cause instanceof Error ? cause.message : cause;
  return typeof inner === 'string' && !message.includes(inner) ? `${message}: ${inner}` : message;
}

/** It could not be looked at: the server's own words. @throws what is no answer of the API server */
export function admitIgnorance(name: CheckName, error: unknown): Check {
  if (!(error instanceof KubeError)) throw error;
  return {
    name,
    verdict: 'unknown',
    message: `could not be looked at: ${describeError(error)}`,
    fix: error.hint,
  };
}
