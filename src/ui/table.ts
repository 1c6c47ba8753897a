// Lists as kubectl prints them: aligned columns, plain padding, nothing around them.
import { escapeText } from './escape.ts';
import { measureWidth, padEnd, padStart } from './width.ts';

/** One column; numbers align to the right. */
export interface Column {
  heading: string;
  align?: 'left' | 'right';
}

/** Lines of a table; cells are escaped here, and an empty one is `-`. The last column is never padded. */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly (string | undefined)[])[],
  { hasHeadings = true } = {},
): string[] {
  return createTable(columns, { hasHeadings }).format(rows);
}

/** A table that is printed piece by piece. */
export interface Table {
  /** The next lines, the headings before the first. Columns are as wide as the widest cell so far. */
  format(rows: readonly (readonly (string | undefined)[])[]): string[];
}

/** A table whose rows come in pages. */
export function createTable(columns: readonly Column[], { hasHeadings = true } = {}): Table {
  const widths = columns.map(() => 0);
  let pending = hasHeadings ? [columns.map(({ heading }) => heading)] : [];
  return {
    format: (rows) => {
      const cells = rows.map((row) => columns.map((_, index) => toCell(row[index])));
      const all = [...pending, ...cells];
      pending = [];
      for (const row of all)
        for (const [index, cell] of row.entries())
          widths[index] = Math.max(widths[index] ?? 0, measureWidth(cell));
      return all.map((row) => formatRow(columns, row, widths));
    },
  };
}

function formatRow(columns: readonly Column[], row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, index) => {
      if (columns[index]?.align === 'right') return padStart(cell, widths[index] ?? 0);
      return index === columns.length - 1 ? cell : padEnd(cell, widths[index] ?? 0);
    })
    .join('  ')
    .trimEnd();
}

function toCell(value: string | undefined): string {
  return value === undefined || value === '' ? '-' : escapeText(value);
}
