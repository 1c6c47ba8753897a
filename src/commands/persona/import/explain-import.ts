// What an import says beside its data: what could not be read, what was left alone, what was left out.
import { escapeText } from '../../../ui/escape.ts';
import type { Imported, LeftAlone } from '../../../cluster/import/import-personas.ts';

/** More lines of a kind than these nobody reads. */
const mostLines = 20;

/** Lines for stderr. `isNoted`: with what was left out of each persona, because it stands nowhere else. */
export function explainImport(
  { personas, leftAlone, unseen }: Imported,
  { isNoted, namespace }: { isNoted: boolean; namespace: string | undefined },
): string[] {
  const place = (of: string, source: string) => (namespace === undefined ? `${source} in ${of}` : source);
  const notes = personas.flatMap(({ persona, sources, notes: phrases }) =>
    phrases.map(
      (phrase) => `left out: ${place(persona.metadata.namespace ?? '', sources.join(', '))}: ${phrase}`,
    ),
  );
  const errors = personas.flatMap(({ persona, sources, ownErrors }) =>
    ownErrors.map(
      (error) => `error of its own: ${place(persona.metadata.namespace ?? '', sources.join(', '))}: ${error}`,
    ),
  );
  const where = namespace === undefined ? '' : ` in ${namespace} namespace`;
  return [
    ...unseen.map(({ resource, message }) => `warning: ${resource} cannot be read: ${message}`),
    ...cut(leftAlone.map((one) => `left alone: ${place(one.namespace, one.source)}: ${formatReason(one)}`)),
    ...cut(isNoted ? notes : []),
    ...cut(errors),
    ...(personas.length + leftAlone.length === 0 ? [`No workloads found${where}.`] : []),
  ].map(escapeText);
}

function formatReason({ reason, hint }: LeftAlone): string {
  return hint === undefined ? reason : `${reason}; ${hint}`;
}

function cut(lines: readonly string[]): string[] {
  const rest = lines.length - mostLines;
  return rest <= 0 ? [...lines] : [...lines.slice(0, mostLines), `and ${rest} more`];
}
