// Figures beside their targets, as a table.

/** One line. */
export interface Figure {
  what: string;
  value: number;
  unit: '' | 's' | 'ms' | 'MB';
  /** Must not be exceeded; undefined where nobody has promised anything. */
  target?: number;
}

/** Lines of text. */
export function formatFigures(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, value, unit, target }) => [
    what,
    print(value, unit),
    target === undefined ? '' : `at most ${print(target, unit)}`,
    target === undefined ? '' : value <= target ? 'met' : 'MISSED',
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Megabytes are of 1,000,000 bytes. */
export function toMegabytes(bytes: number): number {
  return bytes / 1e6;
}

function print(value: number, unit: Figure['unit']): string {
  const text = Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 1 : 0);
  return unit === '' ? text : `${text} ${unit}`;
}
