// What applying imported personas comes to: a line each, and an error where the API server refused some.
import { DorguError } from '../../../api/errors.ts';
import { fieldAt, listOf, textOf } from '../../../api/foreign-fields.ts';
import type { ImportOutcome } from '../../../cluster/import/apply-imported.ts';
import type { KubeError } from '../../../kube/kube-error.ts';
import { formatDryRun, type DryRun } from '../../dry-run-flag.ts';
import { escapeText } from '../../../ui/escape.ts';
import { formatPersonaName } from './print-personas.ts';

/** `applicationpersona.dorgu.io/shop created`; a conflict is left alone, and said. */
export function formatOutcome(
  { imported, applied, error }: ImportOutcome,
  { dryRun, hasNamespace }: { dryRun: DryRun; hasNamespace: boolean },
): string {
  const name = formatPersonaName(imported, hasNamespace);
  const suffix = formatDryRun(dryRun);
  if (applied !== undefined) return `${name} ${applied.outcome}${suffix}`;
  return isConflict(error)
    ? `${name} left alone: ${describeConflict(error)}`
    : `${name} failed: ${escapeText(error.message)}`;
}

/** Whether others own what would be written. */
export function isConflict(error: KubeError): boolean {
  return error.httpStatus === 409;
}

function describeConflict(error: KubeError): string {
  const causes = listOf(fieldAt(error.status, 'details', 'causes'));
  const fields = causes.map((cause) => textOf(fieldAt(cause, 'field'))).filter((field) => field !== '');
  const shown = fields.slice(0, 5).join(', ');
  const more = fields.length > 5 ? ` and ${fields.length - 5} more` : '';
  const manager = /conflict with "([^"]{1,100})"/.exec(textOf(fieldAt(causes[0], 'message')))?.[1];
  return escapeText(
    `${manager ?? 'another manager'} owns ${shown || 'fields'}${more}; --force-conflicts takes them`,
  );
}

/** The error to end with; undefined where nothing was refused. The first refusal decides the exit code. */
export function createRefusal(outcomes: readonly ImportOutcome[]): DorguError | undefined {
  const refused = outcomes.flatMap(({ imported, error }) =>
    error === undefined || isConflict(error) ? [] : [{ imported, error }],
  );
  const [first] = refused;
  if (first === undefined) return undefined;
  const { code, kind, hint } = first.error;
  return new DorguError(code, `${refused.length} of ${outcomes.length} personas could not be applied`, {
    kind,
    hint,
    cause: first.error.message,
  });
}
