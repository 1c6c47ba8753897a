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
  const cells = rows.map((row) => columns.map((_, index) => toCell(row[index])));
  const all = hasHeadings ? [columns.map(({ heading }) => heading), ...cells] : cells;
  const widths = columns.map((_, index) =>
    all.reduce((width, row) => Math.max(width, measureWidth(row[index] ?? '')), 0),
  );
  return all.map((row) =>
    row
      .map((cell, index) => {
        if (columns[index]?.align === 'right') return padStart(cell, widths[index] ?? 0);
        return index === columns.length - 1 ? cell : padEnd(cell, widths[index] ?? 0);
      })
      .join('  ')
      .trimEnd(),
  );
}

function toCell(value: string | undefined): string {
  return value === undefined || value === '' ? '-' : escapeText(value);
}
