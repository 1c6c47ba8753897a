// Lays what a checkpoint holds under what has been recorded since.
import { createByteReader } from './bytes.ts';
import { joinDays, packedDays } from './container-history.ts';
import type { ContainerHistory, PackedDay } from './container-history.ts';
import { readDay } from './pack-day.ts';
import { addToTrend } from './trend.ts';
import { daysKept, windowsPerDay } from './windows.ts';
import type { WorkloadHistory } from './workload-history.ts';

/** Adds days, slots and pods that `known` lacks. Of a day that both have the one with more windows counts: two histograms cannot be told apart. */
export function mergeWorkload(known: WorkloadHistory, other: WorkloadHistory): void {
  known.newestDay = Math.max(known.newestDay, other.newestDay);
  for (const [name, history] of other.containers) {
    const own = known.containers.get(name);
    if (own === undefined) known.containers.set(name, history);
    else mergeContainer(own, history, known.newestDay - daysKept + 1);
  }
  if (other.hour.newest > known.hour.newest) known.hour = other.hour;
}

function mergeContainer(known: ContainerHistory, other: ContainerHistory, oldest: number): void {
  const days = new Map<number, PackedDay>();
  for (const one of [...packedDays(known), ...packedDays(other)]) {
    const rival = days.get(one.day);
    if (one.day >= oldest && (rival === undefined || windowsOf(one) > windowsOf(rival)))
      days.set(one.day, one);
  }
  known.open = undefined;
  known.past = joinDays([...days.values()]);
  const { newest, peaks } = other.trend;
  const slots = peaks.length / 2;
  for (let slot = Math.max(0, newest - slots + 1); slot <= newest; slot++) {
    const [cpu = -1, memory = -1] = peaks.slice((slot % slots) * 2, (slot % slots) * 2 + 2);
    addToTrend(known.trend, Math.ceil((slot * windowsPerDay) / slots), {
      cpu: cpu < 0 ? undefined : cpu,
      memory: memory < 0 ? undefined : memory,
    });
  }
}

function windowsOf({ bytes }: PackedDay): number {
  return readDay(createByteReader(bytes)).seen.reduce((sum, bits) => sum + countBits(bits), 0);
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}
