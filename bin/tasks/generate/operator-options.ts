// Writes the options of the operator into docs/operator.md, from operator/options/table.ts.
import { optionTable, variableOf } from '../../../operator/options/table.ts';
import type { GeneratedFile } from './generated-file.ts';
import { formatTable } from './markdown-table.ts';
import { fillSection } from './page-section.ts';

/** The table between the markers. */
export function generateOperatorOptions(): GeneratedFile[] {
  const rows = Object.values(optionTable).map((entry) => [
    `\`--${entry.flag}\``,
    entry.shownDefault ?? `\`${entry.default}\``,
    `${entry.meaning}; ${entry.kind.expected}`,
    `\`${variableOf(entry)}\``,
  ]);
  const text = formatTable(['flag', 'default', 'meaning', 'variable'], rows);
  return fillSection('docs/operator.md', 'options', text);
}
