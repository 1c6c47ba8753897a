// Rows as CSV (RFC 4180) that no spreadsheet takes for a formula, and no terminal for commands.
import { escapeText } from '../../ui/escape.ts';

/** What makes a cell a formula in one spreadsheet or another. */
const formula = /^[=+\-@\t\r]/;
/** What a spreadsheet reads as a number, which a sign does no harm to. */
const number = /^-?\d+(\.\d+)?$/;

/** Lines with CRLF, the headings first. Absent cells are empty. */
export function formatCsv(
  headings: readonly string[],
  rows: readonly (readonly (string | undefined)[])[],
): string {
  return [headings, ...rows].map((row) => `${row.map(toCell).join(',')}\r\n`).join('');
}

/** A formula gets an apostrophe before it: spreadsheets then show it as text. */
function toCell(value = ''): string {
  const clean = escapeText(value);
  const text = formula.test(value) && !number.test(value) ? `'${clean}` : clean;
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
