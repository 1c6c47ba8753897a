// The peaks of each two hours of the last day, for a line that people can look at.
import { windowsPerDay } from './windows.ts';

/** Slots that a trend has: twelve of two hours. */
export const trendSlots = 12;

/** A ring of slots of two hours that start at even hours UTC. */
export interface Trend {
  /** Number of the newest slot since 1970; below zero where there is none. */
  newest: number;
  /** For each slot of the ring the peak of CPU in millicores, to a thousandth, and that of memory in bytes; below zero where nothing was measured. */
  peaks: number[];
}

/** The number of the slot that a window lies in. */
export function trendSlotOf(window: number): number {
  return Math.floor((window * trendSlots) / windowsPerDay);
}

/** A trend of which nothing is known. */
export function createTrend(): Trend {
  return { newest: -1, peaks: new Array<number>(trendSlots * 2).fill(-1) };
}

/** Adds a window; what is older than the newest twelve slots is let go. */
export function addToTrend(
  trend: Trend,
  window: number,
  { cpu, memory }: { cpu: number | undefined; memory: number | undefined },
): void {
  const slot = trendSlotOf(window);
  if (slot <= trend.newest - trendSlots) return;
  advance(trend, slot);
  const place = (slot % trendSlots) * 2;
  if (cpu !== undefined)
    trend.peaks[place] = Math.max(trend.peaks[place] ?? -1, Math.round(cpu * 1000) / 1000);
  if (memory !== undefined) trend.peaks[place + 1] = Math.max(trend.peaks[place + 1] ?? -1, memory);
}

function advance(trend: Trend, slot: number): void {
  if (slot <= trend.newest) return;
  const firstNew = Math.max(trend.newest + 1, slot - trendSlots + 1);
  for (let cleared = firstNew; cleared <= slot; cleared++) {
    trend.peaks[(cleared % trendSlots) * 2] = -1;
    trend.peaks[(cleared % trendSlots) * 2 + 1] = -1;
  }
  trend.newest = slot;
}

/** The last twelve slots up to `lastSlot`, oldest first; undefined where nothing was measured. */
export function readTrend(trend: Trend, lastSlot: number, which: 'cpu' | 'memory'): (number | undefined)[] {
  const offset = which === 'cpu' ? 0 : 1;
  return Array.from({ length: trendSlots }, (_, index) => {
    const slot = lastSlot - trendSlots + 1 + index;
    if (slot > trend.newest || slot <= trend.newest - trendSlots || slot < 0) return undefined;
    const peak = trend.peaks[(slot % trendSlots) * 2 + offset] ?? -1;
    return peak < 0 ? undefined : peak;
  });
}
