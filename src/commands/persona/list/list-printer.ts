// How `persona list` prints: rows batch by batch, names, or one document.
import type { KubeObject } from '../../../kube/objects.ts';
import { escapeText } from '../../../ui/escape.ts';
import { createTable } from '../../../ui/table.ts';
import { formatObjectList } from '../../printers/format-objects.ts';
import type { ObjectFormat } from '../../printers/object-format.ts';
import { chooseColumns, toRow } from './columns.ts';

/** What a table looks like. */
export interface ListLook {
  hasNamespace: boolean;
  hasHeadings: boolean;
  now: Date;
}

/** Whether everything has to be there before the first byte is printed: a document is whole, or an error is printed in its place. */
export function needsAll({ kind }: ObjectFormat): boolean {
  return kind !== 'people' && kind !== 'name';
}

/** Prints the next batch; the headings stand before the first row. */
export function createListPrinter(
  format: ObjectFormat,
  { hasNamespace, hasHeadings, now }: ListLook,
): (personas: readonly KubeObject[]) => string {
  if (format.kind !== 'people') return (personas) => formatObjectList(personas, format);
  const columns = chooseColumns({ hasNamespace, isWide: format.isWide });
  const table = createTable(columns, { hasHeadings });
  return (personas) => {
    if (personas.length === 0) return '';
    const rows = personas.map((persona) => toRow(columns, persona, now));
    return `${table.format(rows).join('\n')}\n`;
  };
}

/** kubectl's words for a list without rows. */
export function formatNothingFound(namespace: string | undefined): string {
  return namespace === undefined
    ? 'No resources found'
    : `No resources found in ${escapeText(namespace)} namespace.`;
}
