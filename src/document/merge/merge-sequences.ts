// Three-way merge of sequences (lines of a text, items of a list): what each side did to the base, joined where it does not meet.
import { diffArrays } from 'diff';

/** What two sides made of one base. */
export interface Sides<T> {
  base: T;
  mine: T;
  generated: T;
}

/** A stretch of the base that both sides changed, each its own way; mine stands in the result. */
export interface Overlap extends Sides<readonly string[]> {
  /** Index of its first item among mine. */
  at: number;
}

/** How near two changes may come. */
export interface Nearness {
  /** Changes of neighbouring items do not meet. */
  mayTouch: boolean;
  /** What both sides put into the same place is taken from both, mine first. */
  takesBoth: boolean;
}

/** The result; where there are overlaps it holds mine in their places. */
export interface MergedSequence {
  items: string[];
  overlaps: Overlap[];
}

/** More differences than this between two sides are another text. */
const MAX_DIFFERENCES = 20_000;

interface Hunk {
  start: number;
  end: number;
  items: string[];
}

interface Region {
  start: number;
  end: number;
  mine: Hunk[];
  generated: Hunk[];
}

/** Merges; everything of mine and of the generator is in the result, or in an overlap. */
export function mergeSequences(sides: Sides<readonly string[]>, nearness: Nearness): MergedSequence {
  const { base } = sides;
  const result: MergedSequence = { items: [], overlaps: [] };
  let at = 0;
  for (const region of joinHunks(listHunks(base, sides.mine), listHunks(base, sides.generated), nearness)) {
    result.items.push(...base.slice(at, region.start));
    at = region.end;
    mergeRegion(base, region, nearness, result);
  }
  result.items.push(...base.slice(at));
  return result;
}

function mergeRegion(
  base: readonly string[],
  region: Region,
  { takesBoth }: Nearness,
  result: MergedSequence,
): void {
  const mine = applyHunks(base, region, region.mine);
  const generated = applyHunks(base, region, region.generated);
  if (region.mine.length === 0) result.items.push(...generated);
  else if (region.generated.length === 0 || isSame(mine, generated)) result.items.push(...mine);
  else if (takesBoth && region.start === region.end)
    result.items.push(...mine, ...generated.filter((item) => !mine.includes(item)));
  else {
    const replaced = base.slice(region.start, region.end);
    result.overlaps.push({ at: result.items.length, base: replaced, mine, generated });
    result.items.push(...mine);
  }
}

const isSame = (left: readonly string[], right: readonly string[]) =>
  left.length === right.length && left.every((item, index) => item === right[index]);

/** What was done to the base to make the other of it, in order. */
function listHunks(base: readonly string[], other: readonly string[]): Hunk[] {
  const changes = diffArrays([...base], [...other], { maxEditLength: MAX_DIFFERENCES });
  if (changes === undefined) return [{ start: 0, end: base.length, items: [...other] }];
  const hunks: Hunk[] = [];
  let at = 0;
  for (const { added, removed, value } of changes) {
    if (!added && !removed) {
      at += value.length;
      continue;
    }
    const last = hunks.at(-1);
    const hunk = last?.end === at ? last : { start: at, end: at, items: [] };
    if (hunk !== last) hunks.push(hunk);
    if (added) hunk.items.push(...value);
    if (removed) at = hunk.end += value.length;
  }
  return hunks;
}

/** Stretches of the base that somebody changed, with what each side did there. */
function joinHunks(mine: readonly Hunk[], generated: readonly Hunk[], nearness: Nearness): Region[] {
  const all = [
    ...mine.map((hunk) => ({ hunk, side: 'mine' as const })),
    ...generated.map((hunk) => ({ hunk, side: 'generated' as const })),
  ].sort((left, right) => left.hunk.start - right.hunk.start || left.hunk.end - right.hunk.end);
  const regions: Region[] = [];
  for (const { hunk, side } of all) {
    const last = regions.at(-1);
    if (last !== undefined && doesMeet(last, hunk, nearness)) {
      last.end = Math.max(last.end, hunk.end);
      last[side].push(hunk);
    } else {
      regions.push({ start: hunk.start, end: hunk.end, mine: [], generated: [], [side]: [hunk] });
    }
  }
  return regions;
}

function doesMeet(region: Region, hunk: Hunk, { mayTouch }: Nearness): boolean {
  if (!mayTouch) return hunk.start <= region.end;
  const isSamePlace = hunk.start === region.start && hunk.end === region.end;
  return isSamePlace || hunk.start < region.end;
}

function applyHunks(base: readonly string[], { start, end }: Region, hunks: readonly Hunk[]): string[] {
  const items: string[] = [];
  let at = start;
  for (const hunk of hunks) {
    items.push(...base.slice(at, hunk.start), ...hunk.items);
    at = hunk.end;
  }
  return [...items, ...base.slice(at, end)];
}
