// Lays out a screen of labelled rows and sections in the window's width.
import { measureWidth, padEnd } from '../../../ui/width.ts';
import { cleanText, colourText, foldText, placeUnder } from './place-text.ts';
import { TEXT_COLUMN, type Entry, type Row, type Screen, type Section, type Window } from './screen-model.ts';

/** A longer text does not push the others' sides to the right. */
const WIDEST_MAIN = 48;
const GAP = 4;
/** A column that is narrower than this is not worth having. */
const NARROWEST = 30;

/** Lines, without line breaks. */
export function formatScreen({ title, state, tone, rows, sections }: Screen, window: Window): string[] {
  const sideColumn = findSideColumn(rows, window);
  return [
    ...formatTitle({ label: '', main: title, side: state, tone }, sideColumn, window),
    '',
    ...rows.flatMap((row) => formatRow(row, sideColumn, window)),
    ...sections.flatMap((section) => ['', ...formatSection(section, window)]),
  ];
}

function findSideColumn(rows: readonly Row[], window: Window): number {
  const widths = rows
    .filter(({ side }) => side !== undefined && side !== '')
    .map(({ main }) => measureWidth(cleanText(main, window)))
    .filter((width) => width <= WIDEST_MAIN);
  return TEXT_COLUMN + Math.max(0, ...widths) + GAP;
}

/** The state stands at the end of the line, in the column of the sides where it fits there. */
function formatTitle({ main, side = '', tone }: Row, sideColumn: number, window: Window): string[] {
  const [title, state] = [cleanText(main, window), cleanText(side, window)];
  if (state === '') return foldText('', title, window);
  const column = Math.max(measureWidth(title) + 2, Math.min(sideColumn, window.width - measureWidth(state)));
  if (column + measureWidth(state) <= window.width)
    return [padEnd(title, column) + colourText(state, tone, window)];
  return [...foldText('', title, window), colourText(state, tone, window)];
}

function formatRow({ label, main, tone, side = '' }: Row, sideColumn: number, window: Window): string[] {
  const start = padEnd(cleanText(label, window), TEXT_COLUMN);
  const [text, right] = [cleanText(main, window), cleanText(side, window)];
  const fits =
    TEXT_COLUMN + measureWidth(text) + 2 <= sideColumn && sideColumn + measureWidth(right) <= window.width;
  if (right === '' || !fits) {
    const under = right === '' ? [] : [placeUnder(right, TEXT_COLUMN, window)];
    return [...foldText(start, text, window, tone), ...under];
  }
  return [
    start +
      colourText(text, tone, window) +
      ' '.repeat(sideColumn - TEXT_COLUMN - measureWidth(text)) +
      right,
  ];
}

function formatSection({ title, summary, entries, end }: Section, window: Window): string[] {
  const topics = entries.map(({ topic }) => measureWidth(cleanText(topic, window)));
  const textColumn = TEXT_COLUMN + Math.max(0, ...topics) + 2;
  return [
    ...foldText(padEnd(cleanText(title, window), TEXT_COLUMN), cleanText(summary, window), window),
    ...entries.flatMap((entry) => formatEntry(entry, textColumn, window)),
    ...(end === undefined ? [] : [cleanText(end, window)]),
  ];
}

function formatEntry(
  { label, tone, topic, text, below }: Entry,
  textColumn: number,
  window: Window,
): string[] {
  const name = cleanText(label, window);
  const start = colourText(name, tone, window) + ' '.repeat(Math.max(2, TEXT_COLUMN - measureWidth(name)));
  const subject = cleanText(topic, window);
  const isNarrow = window.width - textColumn < NARROWEST;
  const column = isNarrow ? TEXT_COLUMN : textColumn;
  const [first = '', ...others] = foldText(' '.repeat(column), cleanText(text, window), window);
  const head = isNarrow
    ? [start + subject, first]
    : [start + padEnd(subject, textColumn - TEXT_COLUMN) + first.slice(textColumn)];
  return [...head, ...others, ...below.map((line) => placeUnder(cleanText(line, window), column, window))];
}
