// A screen of lines in a window that may be too low for it.

/** The lines, or as many as fit and how many there are more. */
export function fitScreen(lines: readonly string[], rows: number, ellipsis: string): readonly string[] {
  if (lines.length <= rows) return lines;
  const kept = Math.max(0, rows - 1);
  return [...lines.slice(0, kept), `${ellipsis} ${lines.length - kept} more lines`];
}
