// The days of a container, merged unweighted into the figures that advice is made of.
import { sampleWindowMs } from '../usage.ts';
import type { ContainerUsage } from '../usage.ts';
import { bucketCount, millicoresOf } from './buckets.ts';
import { slotOf } from './container-day.ts';
import type { ContainerDay } from './container-day.ts';
import { readDays } from './container-history.ts';
import type { ContainerHistory } from './container-history.ts';
import { isSet, rowOf } from './pack-day.ts';
import { readTrend, trendSlotOf } from './trend.ts';
import { dayOf, daysKept, windowAt, windowEndMs, windowsPerDay } from './windows.ts';

/** What is known of a container in the eight days up to `nowMs`; undefined where nothing is. */
export function summarise(
  name: string,
  history: ContainerHistory,
  nowMs: number,
): ContainerUsage | undefined {
  const lastWindow = windowAt(nowMs - sampleWindowMs + 1);
  const today = dayOf(windowAt(nowMs));
  const days = readDays(history).filter(({ day }) => day > today - daysKept && day <= today);
  const seen = countSeen(days);
  if (seen.samples === 0) return undefined;
  const cpu = mergeCpu(days);
  const memory = days.flatMap(({ peaks }) => peaks.filter((peak) => peak >= 0)).sort((a, b) => a - b);
  const slot = trendSlotOf(Math.max(lastWindow, seen.last));
  return {
    container: name,
    source: days.some(({ sources }) => (sources & 1) === 1) ? 'prometheus' : 'metrics-api',
    fromMs: windowEndMs(seen.first),
    toMs: windowEndMs(seen.last),
    days: seen.windows / windowsPerDay,
    samples: seen.samples,
    cpuPercentile: (share) => percentileOf(cpu.total, share, (rank) => cpuAt(cpu, rank)),
    cpuPeakMillicores: cpu.peak,
    memoryPercentile: (share) => percentileOf(memory.length, share, (rank) => memory[rank] ?? 0),
    memoryPeakBytes: memory.at(-1) ?? 0,
    cpuTrend: readTrend(history.trend, slot, 'cpu'),
    memoryTrend: readTrend(history.trend, slot, 'memory'),
  };
}

interface Seen {
  first: number;
  last: number;
  /** Windows in which any pod was measured. */
  windows: number;
  samples: number;
}

function countSeen(days: readonly ContainerDay[]): Seen {
  const seen: Seen = { first: -1, last: -1, windows: 0, samples: 0 };
  for (const day of days) {
    const rows = [...day.pods.keys()].map((pod) => measuredWindows(day, slotOf(day, pod)));
    for (let at = 0; at < windowsPerDay; at++) {
      const measured = rows.reduce((sum, row) => sum + (isSet(row, at) ? 1 : 0), 0);
      if (measured === 0) continue;
      const window = day.day * windowsPerDay + at;
      if (seen.first < 0) seen.first = window;
      seen.last = window;
      seen.windows += 1;
      seen.samples += measured;
    }
  }
  return seen;
}

function measuredWindows(day: ContainerDay, slot: number): Uint8Array {
  const memory = rowOf(day, slot * 2 + 1);
  return rowOf(day, slot * 2).map((bits, at) => bits | (memory[at] ?? 0));
}

interface MergedCpu {
  counts: Float64Array;
  total: number;
  peak: number;
}

function mergeCpu(days: readonly ContainerDay[]): MergedCpu {
  const merged: MergedCpu = { counts: new Float64Array(bucketCount), total: 0, peak: 0 };
  for (const { counts, lowest, cpuPeak } of days) {
    merged.peak = Math.max(merged.peak, cpuPeak);
    counts.forEach((count, at) => {
      merged.counts[lowest + at] = (merged.counts[lowest + at] ?? 0) + count;
      merged.total += count;
    });
  }
  return merged;
}

/** The `rank`-th of the windows, counted from 0 upwards, within 2%; the highest is exact. */
function cpuAt({ counts, total, peak }: MergedCpu, rank: number): number {
  if (rank >= total - 1) return peak;
  let below = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    below += counts[bucket] ?? 0;
    if (below > rank) return Math.min(peak, millicoresOf(bucket));
  }
  return peak;
}

/** As Prometheus' quantile_over_time: between two values of the sorted list it goes in a straight line. */
function percentileOf(count: number, share: number, valueAt: (rank: number) => number): number {
  if (count === 0) return 0;
  const rank = Math.min(1, Math.max(0, share)) * (count - 1);
  const lower = valueAt(Math.floor(rank));
  return lower + (valueAt(Math.ceil(rank)) - lower) * (rank - Math.floor(rank));
}
