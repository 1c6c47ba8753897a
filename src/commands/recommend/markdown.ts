// Rows as a Markdown table in which foreign text is text.
import { escapeText } from '../../ui/escape.ts';
import type { Grid } from './group-table.ts';

/** What Markdown or HTML would obey: links, mentions, tags, the ends of cells. */
const special = /[\\`*_{}[\]<>()#+!|@~&]/g;

/** Lines of the table; an empty cell is `-`. */
export function formatMarkdown({ columns, rows }: Grid): string[] {
  return [
    toLine(columns.map(({ heading }) => heading)),
    toLine(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map((row) => toLine(row.map(toCell))),
  ];
}

const toLine = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function toCell(value = ''): string {
  const text = escapeText(value).trim();
  return text === '' ? '-' : text.replace(special, (character) => `\\${character}`);
}
