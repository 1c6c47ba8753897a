// The whole screen of a watch: table, what it leaves out, and what happened to the connection. Pure.
import type { ItemOf } from '../../protocol/items.ts';
import type { Topic } from '../../protocol/messages.ts';
import { formatAge } from '../../ui/age.ts';
import { escapeText } from '../../ui/escape.ts';
import { formatLiveTable, type LiveHeading, type LiveRow } from '../../ui/live/live-table.ts';
import type { ScreenSize } from '../../ui/live/screen-writer.ts';
import type { Palette } from '../../ui/palette.ts';
import { cutToWidth } from '../../ui/width.ts';
import { chooseRows, formatHidden } from './choose-rows.ts';
import { FRESH_MS, type HeldRow } from './held-rows.ts';
import type { StateView, ViewColumn } from './view.ts';

/** What a screen shows, and in what. */
export interface FrameOptions<T extends Topic> {
  view: StateView<T>;
  columns: readonly ViewColumn<ItemOf[T]>[];
  /** What to say where there is no row. */
  nothing: string;
  /** The last one stands at the bottom. */
  notices: readonly string[];
  size: ScreenSize;
  palette: Palette;
  ellipsis: string;
  nowMs: number;
  /** It stays when the program has gone: nothing in it is new any more. */
  isLast: boolean;
}

const changed: LiveHeading = { heading: 'CHANGED', importance: 7 };
/** More rows than this are not laid out, however high the window. */
const MAX_ROWS = 1000;

/** Lines that fit the window. */
export function formatFrame<T extends Topic>(
  rows: readonly HeldRow<ItemOf[T]>[],
  options: FrameOptions<T>,
): string[] {
  const { view, size, ellipsis, notices } = options;
  const cut = (text: string) =>
    cutToWidth(escapeText(text).replaceAll('…', ellipsis), size.columns, ellipsis);
  const notice = notices.slice(-1).map(cut);
  if (rows.length === 0) return options.isLast ? [] : [cut(options.nothing), ...notice].slice(0, size.rows);
  const room = Math.min(MAX_ROWS, size.rows - 1 - notice.length);
  const isWhole = rows.length <= room;
  const { shown, hidden } = chooseRows(rows, isWhole ? room : room - 1, (item) => view.rank(item));
  const more = hidden.length === 0 ? [] : [cut(formatHidden(hidden, view))];
  return [...formatRows(shown, options), ...more, ...notice].slice(0, size.rows);
}

function formatRows<T extends Topic>(
  rows: readonly HeldRow<ItemOf[T]>[],
  { view, columns, size, palette, ellipsis, nowMs, isLast }: FrameOptions<T>,
): string[] {
  const used = columns.filter(
    ({ isOptional, read }) => isOptional !== true || rows.some(({ item }) => (read(item) ?? '') !== ''),
  );
  return formatLiveTable(
    [...used, changed],
    rows.map((row) => toLiveRow(row, used, view, { nowMs, freshMs: isLast ? 0 : FRESH_MS })),
    { width: size.columns, palette, ellipsis },
  );
}

/** When it is, and how long a change is new. */
interface Freshness {
  nowMs: number;
  freshMs: number;
}

function toLiveRow<T extends Topic>(
  row: HeldRow<ItemOf[T]>,
  columns: readonly ViewColumn<ItemOf[T]>[],
  view: StateView<T>,
  { nowMs, freshMs }: Freshness,
): LiveRow {
  const { item, isDeleted } = row;
  const isFresh = (heading: string) => nowMs - (row.changedAtMs.get(heading) ?? -Infinity) < freshMs;
  return {
    cells: [
      ...columns.map(({ heading, read, tone }) => ({
        text: read(item),
        tone: isDeleted ? undefined : tone?.(item),
        isNew: isFresh(heading),
      })),
      { text: formatChanged(row, view.changedAt(item), nowMs) },
    ],
    note: isDeleted ? 'deleted' : formatNote(row, view.why(item), { nowMs, freshMs }),
  };
}

function formatNote<I>(
  { was, lastChangeMs = -Infinity }: HeldRow<I>,
  why: string,
  { nowMs, freshMs }: Freshness,
): string {
  if (was === undefined || nowMs - lastChangeMs >= freshMs) return why;
  return [`was ${was}`, ...(why === '' ? [] : [why])].join('; ');
}

/** Since its own time, where that is younger than what happened before our eyes (clocks differ): since then. */
function formatChanged<I>(
  { lastChangeMs }: HeldRow<I>,
  changedAt: string | undefined,
  nowMs: number,
): string {
  const atMs = changedAt === undefined ? NaN : Date.parse(changedAt);
  const times = [lastChangeMs, atMs].filter((ms): ms is number => ms !== undefined && !Number.isNaN(ms));
  return times.length === 0 ? '' : formatAge(nowMs - Math.max(...times));
}
