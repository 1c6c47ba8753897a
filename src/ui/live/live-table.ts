// A table that fits a window: columns that matter less give way, texts are cut, what is new and what is abnormal stands out.
import { escapeText } from '../escape.ts';
import type { Palette } from '../palette.ts';
import { cutToWidth, measureWidth } from '../width.ts';

/** One column. */
export interface LiveHeading {
  heading: string;
  /** Of several that do not fit, the least important goes first; `Infinity` never goes. */
  importance: number;
  /** Room for what the column holds at times, so that the table does not move when it comes. */
  least?: number;
}

/** One cell; its text is still to be escaped. */
export interface LiveCell {
  text: string | undefined;
  /** Abnormal. */
  tone?: 'failing' | 'warning' | undefined;
  /** Has changed a moment ago: reversed, which is no colour. */
  isNew?: boolean;
}

/** A row: a cell for each column, and a text that takes what room is left. */
export interface LiveRow {
  cells: readonly LiveCell[];
  note: string;
}

/** Where it is shown. */
export interface LiveWindow {
  width: number;
  palette: Palette;
  ellipsis: string;
}

const GAP = 2;
/** A note in less room says nothing. */
const NARROWEST_NOTE = 12;
/** No cell takes more of the window than this, where the window is too narrow for all. */
const WIDEST_SHARE = 0.4;

/** The heading and a line for each row, none wider than the window. */
export function formatLiveTable(
  headings: readonly LiveHeading[],
  rows: readonly LiveRow[],
  window: LiveWindow,
): string[] {
  const head: LiveRow = { cells: headings.map(({ heading }) => ({ text: heading })), note: '' };
  const clean = [head, ...rows].map((row) => cleanRow(row, headings.length, window));
  const widths = fitWidths(headings, clean, window.width);
  return clean.map((row) => formatRow(row, widths, window));
}

/** Escaped, and a dash for what is not known. */
function cleanRow({ cells, note }: LiveRow, length: number, { ellipsis }: LiveWindow) {
  const clean = (text: string) => escapeText(text).replaceAll('…', ellipsis);
  return {
    cells: Array.from({ length }, (_, index) => {
      const { text = '', ...look } = cells[index] ?? { text: '' };
      return { ...look, text: text === '' ? '-' : clean(text) };
    }),
    note: clean(note),
  };
}

type CleanRow = ReturnType<typeof cleanRow>;

/** Of each column; 0 for those that have to go. */
function fitWidths(
  headings: readonly LiveHeading[],
  rows: readonly CleanRow[],
  windowWidth: number,
): number[] {
  const widths = headings.map(({ least = 0 }, index) =>
    rows.reduce((width, { cells }) => Math.max(width, measureWidth(cells[index]?.text ?? '')), least),
  );
  if (measureAll(widths) > windowWidth) {
    const most = Math.max(1, Math.floor(windowWidth * WIDEST_SHARE));
    for (const [index, width] of widths.entries()) widths[index] = Math.min(width, most);
  }
  const byImportance = headings
    .map(({ importance }, index) => ({ importance, index }))
    .filter(({ importance }) => importance !== Infinity)
    .sort((left, right) => left.importance - right.importance);
  for (const { index } of byImportance) {
    if (measureAll(widths) <= windowWidth) break;
    widths[index] = 0;
  }
  return widths;
}

function measureAll(widths: readonly number[]): number {
  const shown = widths.filter((width) => width > 0);
  return shown.reduce((sum, width) => sum + width, 0) + GAP * Math.max(0, shown.length - 1);
}

function formatRow({ cells, note }: CleanRow, widths: readonly number[], window: LiveWindow): string {
  let line = '';
  let used = 0;
  let pending = 0;
  for (const [index, width] of widths.entries()) {
    const cell = cells[index];
    const room = Math.min(width, window.width - used - pending);
    if (cell === undefined || width === 0 || room <= 0) continue;
    const text = cutToWidth(cell.text, room, window.ellipsis);
    line += ' '.repeat(pending) + paint(text, cell, window.palette);
    used += pending + measureWidth(text);
    pending = width - measureWidth(text) + GAP;
  }
  const room = window.width - used - pending;
  if (note === '' || room < Math.min(NARROWEST_NOTE, measureWidth(note))) return line;
  return line + ' '.repeat(pending) + cutToWidth(note, room, window.ellipsis);
}

function paint(text: string, { tone, isNew }: LiveCell, palette: Palette): string {
  const coloured = tone === undefined ? text : palette[tone](text);
  return isNew === true ? `\x1b[7m${coloured}\x1b[27m` : coloured;
}
