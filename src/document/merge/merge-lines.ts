// Three-way merge by lines.
import type { MergedText } from './merge-conflict.ts';
import { mergeSequences, type Nearness, type Sides } from './merge-sequences.ts';

/** Merges by lines. */
export function mergeLines({ base, mine, generated }: Sides<string>, nearness: Nearness): MergedText {
  const { items, overlaps } = mergeSequences(
    { base: splitLines(base), mine: splitLines(mine), generated: splitLines(generated) },
    nearness,
  );
  return {
    text: items.join(''),
    conflicts: overlaps.map((overlap) => ({
      at: `line ${overlap.at + 1}`,
      base: describeLines(overlap.base),
      mine: describeLines(overlap.mine),
      generated: describeLines(overlap.generated),
    })),
  };
}

const splitLines = (text: string) => (text === '' ? [] : text.split(/(?<=\n)/));

function describeLines(lines: readonly string[]): string | undefined {
  if (lines.length === 0) return undefined;
  const [first = ''] = lines;
  const text = first.trim().slice(0, 80);
  return lines.length === 1 ? text : `${text} and ${lines.length - 1} more`;
}
