// Which rows a window shows that is too low for all: nothing abnormal gives way to what is well.
import type { HeldRow } from './held-rows.ts';

/** What is shown, in its order, and what is not. */
export interface ChosenRows<I> {
  shown: readonly HeldRow<I>[];
  hidden: readonly HeldRow<I>[];
}

/** The worst rows, then those that changed last, at most `room` of them. The order stays, so that no row moves while one reads. */
export function chooseRows<I>(
  rows: readonly HeldRow<I>[],
  room: number,
  rank: (item: I) => number,
): ChosenRows<I> {
  if (rows.length <= room) return { shown: rows, hidden: [] };
  const chosen = new Set(
    rows
      .map((row, index) => ({ row, index }))
      .sort(
        (left, right) =>
          rank(right.row.item) - rank(left.row.item) ||
          (right.row.lastChangeMs ?? 0) - (left.row.lastChangeMs ?? 0) ||
          left.index - right.index,
      )
      .slice(0, Math.max(0, room))
      .map(({ row }) => row),
  );
  return { shown: rows.filter((row) => chosen.has(row)), hidden: rows.filter((row) => !chosen.has(row)) };
}

/** `… 12 more: 11 Active, 1 Pending`; the worst first. */
export function formatHidden<I>(
  hidden: readonly HeldRow<I>[],
  { rank, state }: { rank: (item: I) => number; state: (item: I) => string },
): string {
  const counts = new Map<string, { count: number; rank: number }>();
  for (const { item } of hidden) {
    const found = counts.get(state(item));
    counts.set(state(item), { count: (found?.count ?? 0) + 1, rank: rank(item) });
  }
  const parts = [...counts]
    .sort(([, left], [, right]) => right.rank - left.rank || right.count - left.count)
    .map(([word, { count }]) => `${count} ${word}`);
  return `… ${hidden.length} more: ${parts.join(', ')}`;
}
