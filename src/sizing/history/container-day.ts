// What one container used on one day: a histogram of CPU, a peak of memory for each pod, and which windows were seen.
import { bucketOf } from './buckets.ts';
import { windowsPerDay } from './windows.ts';

/** Bytes of a pod's seen windows: a bit each. */
export const seenBytes = windowsPerDay / 8;

/** More pods than that of one container and day are left out: the first ones stand for the rest. */
export const maxPodsPerDay = 2000;

/** A day that can be added to. */
export interface ContainerDay {
  day: number;
  /** Bits: 1 for Prometheus, 2 for metrics.k8s.io. */
  sources: number;
  /** Windows in the bucket `lowest` and those after it. */
  lowest: number;
  counts: Uint32Array;
  /** In millicores; below zero where CPU was never measured. */
  cpuPeak: number;
  /** Where a pod's figures are, by the hash of its name. */
  pods: Map<number, number>;
  /** For each pod the windows with CPU, then those with memory. */
  seen: Uint8Array;
  /** For each pod the highest working set in bytes; below zero where memory was never measured. */
  peaks: number[];
}

/** What of a sample was new: the rest had been counted before. */
export interface Counted {
  cpu: boolean;
  memory: boolean;
}

/** A day on which nothing is known yet. */
export function createDay(day: number): ContainerDay {
  return {
    day,
    sources: 0,
    lowest: 0,
    counts: new Uint32Array(0),
    cpuPeak: -1,
    pods: new Map(),
    seen: new Uint8Array(0),
    peaks: [],
  };
}

/** Adds one window of one pod; what was counted before is not counted again. `at` is the window within the day. */
export function addWindow(
  day: ContainerDay,
  pod: number,
  at: number,
  { cpu, memory }: { cpu: number | undefined; memory: number | undefined },
): Counted {
  const slot = slotOf(day, pod);
  if (slot < 0) return { cpu: false, memory: false };
  const counted = { cpu: false, memory: false };
  if (cpu !== undefined) {
    counted.cpu = mark(day.seen, slot * 2, at);
    if (counted.cpu) countBucket(day, bucketOf(cpu));
    if (cpu > day.cpuPeak) day.cpuPeak = cpu;
  }
  if (memory !== undefined) {
    counted.memory = mark(day.seen, slot * 2 + 1, at);
    if (memory > (day.peaks[slot] ?? -1)) day.peaks[slot] = memory;
  }
  return counted;
}

/** Where a pod's figures are; below zero where there are too many pods. */
export function slotOf(day: ContainerDay, pod: number): number {
  const known = day.pods.get(pod);
  if (known !== undefined) return known;
  const slot = day.pods.size;
  if (slot >= maxPodsPerDay) return -1;
  day.pods.set(pod, slot);
  day.peaks.push(-1);
  const needed = (slot + 1) * 2 * seenBytes;
  if (needed > day.seen.length) {
    const grown = new Uint8Array(slot < 4 ? needed : needed * 2);
    grown.set(day.seen);
    day.seen = grown;
  }
  return slot;
}

function mark(seen: Uint8Array, row: number, at: number): boolean {
  const place = row * seenBytes + (at >> 3);
  const bit = 1 << (at & 7);
  const bits = seen[place] ?? 0;
  seen[place] = bits | bit;
  return (bits & bit) === 0;
}

function countBucket(day: ContainerDay, bucket: number): void {
  const { counts, lowest } = day;
  const index = bucket - lowest;
  if (counts.length === 0 || index < 0 || index >= counts.length) widen(day, bucket);
  const place = bucket - day.lowest;
  day.counts[place] = (day.counts[place] ?? 0) + 1;
}

/** Makes room for a bucket, with a little more on that side: the next ones are likely near. */
function widen(day: ContainerDay, bucket: number): void {
  const { counts, lowest } = day;
  const isFirst = counts.length === 0;
  const from = isFirst ? Math.max(0, bucket - 4) : Math.min(lowest, Math.max(0, bucket - 4));
  const end = isFirst ? bucket + 5 : Math.max(lowest + counts.length, bucket + (bucket < lowest ? 1 : 5));
  const wider = new Uint32Array(end - from);
  wider.set(counts, isFirst ? 0 : lowest - from);
  day.lowest = from;
  day.counts = wider;
}
