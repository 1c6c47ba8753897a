// The last hour of a workload's pods, containers summed, window by window: what its baseline is made of.
import type { ResourceBaseline } from '../advice.ts';
import { windowEndMs } from './windows.ts';

/** Windows in an hour. */
export const windowsPerHour = 12;

/** Figures of a window: CPU in millionths of a core, then mean and peak of memory in KiB; one is added to each, 0 is none. */
export const figuresPerWindow = 3;

const maxFigure = 2 ** 32 - 2;

/** A ring of twelve windows for each pod. */
export interface RecentHour {
  /** The newest window; below zero where there is none. */
  newest: number;
  /** By the hash of the pod's name. */
  pods: Map<number, Uint32Array>;
}

/** What one container adds to its pod's window. Undefined where it was not measured or had been counted. */
export interface RecentUse {
  cpuMillicores: number | undefined;
  memoryAverageBytes: number | undefined;
  memoryPeakBytes: number | undefined;
}

/** An hour of which nothing is known. */
export function createRecentHour(): RecentHour {
  return { newest: -1, pods: new Map() };
}

/** Adds what one container used; windows older than an hour before the newest are let go. */
export function addToHour(hour: RecentHour, pod: number, window: number, use: RecentUse): void {
  if (window <= hour.newest - windowsPerHour) return;
  if (window > hour.newest) advance(hour, window);
  let ring = hour.pods.get(pod);
  if (ring === undefined) {
    ring = new Uint32Array(windowsPerHour * figuresPerWindow);
    hour.pods.set(pod, ring);
  }
  const place = (window % windowsPerHour) * figuresPerWindow;
  add(ring, place, use.cpuMillicores, 1000);
  add(ring, place + 1, use.memoryAverageBytes, 1 / 1024);
  add(ring, place + 2, use.memoryPeakBytes, 1 / 1024);
}

function add(ring: Uint32Array, place: number, value: number | undefined, scale: number): void {
  if (value === undefined) return;
  const before = ring[place] ?? 0;
  ring[place] = Math.min(maxFigure, (before === 0 ? 1 : before) + Math.round(value * scale));
}

function advance(hour: RecentHour, window: number): void {
  const firstNew = Math.max(hour.newest + 1, window - windowsPerHour + 1);
  for (const [pod, ring] of hour.pods) {
    for (let cleared = firstNew; cleared <= window; cleared++) {
      const place = (cleared % windowsPerHour) * figuresPerWindow;
      ring.fill(0, place, place + figuresPerWindow);
    }
    if (ring.every((figure) => figure === 0)) hour.pods.delete(pod);
  }
  hour.newest = window;
}

/** What a pod uses: mean over the pods, and the largest pod's peak. Undefined where nothing was measured in the hour before `nowMs`. */
export function baselineOfHour(hour: RecentHour, nowMs: number): ResourceBaseline | undefined {
  const end = windowEndMs(hour.newest);
  if (hour.newest < 0 || end <= nowMs - 3_600_000) return undefined;
  const figures = (offset: number) =>
    [...hour.pods.values()].map((ring) => figuresOf(ring, offset)).filter(({ length }) => length > 0);
  const cpu = figures(0);
  const memory = figures(1);
  if (cpu.length === 0 && memory.length === 0) return undefined;
  return {
    avgCpuMillicores: mean(cpu.map(mean)) / 1000,
    peakCpuMillicores: highest(cpu) / 1000,
    avgMemoryBytes: mean(memory.map(mean)) * 1024,
    peakMemoryBytes: highest(figures(2)) * 1024,
    windowEndMs: end,
  };
}

function figuresOf(ring: Uint32Array, offset: number): number[] {
  const found: number[] = [];
  for (let place = offset; place < ring.length; place += figuresPerWindow) {
    const figure = ring[place] ?? 0;
    if (figure > 0) found.push(figure - 1);
  }
  return found;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function highest(rows: readonly (readonly number[])[]): number {
  return rows.reduce((most, row) => row.reduce((high, value) => Math.max(high, value), most), 0);
}
