// What is known of one workload: its containers' days and its pods' last hour, and how a sample is added to them.
import type { UsageSample, UsageSource, WorkloadKey } from '../usage.ts';
import { addWindow } from './container-day.ts';
import { createContainerHistory, openDay, packedDays } from './container-history.ts';
import type { ContainerHistory } from './container-history.ts';
import { maxMemoryBytes, maxMillicores } from './pack-day.ts';
import { hashPod } from './pod-hash.ts';
import { addToHour, createRecentHour } from './recent-hour.ts';
import type { RecentHour } from './recent-hour.ts';
import { addToTrend, createTrend } from './trend.ts';
import { dayOf, daysKept, windowAt, windowsPerDay } from './windows.ts';

/** More containers than that of one workload are left out. */
export const maxContainers = 100;

/** One workload. */
export interface WorkloadHistory {
  key: WorkloadKey;
  /** The newest day that anything was measured on. */
  newestDay: number;
  containers: Map<string, ContainerHistory>;
  hour: RecentHour;
}

/** A workload of which nothing is known. */
export function createWorkloadHistory({ namespace, kind, name }: WorkloadKey): WorkloadHistory {
  return {
    key: { namespace, kind, name },
    newestDay: -1,
    containers: new Map(),
    hour: createRecentHour(),
  };
}

/** Adds a sample, unless it was added before or is older than what is kept. What is not measured, negative or no number counts as not measured. */
export function addSample(workload: WorkloadHistory, sample: UsageSample, source: UsageSource): void {
  const window = windowAt(sample.atMs);
  const figures = readFigures(sample);
  const day = dayOf(window);
  if (figures === undefined || !Number.isSafeInteger(window) || !isKept(workload, day)) return;
  if (day > workload.newestDay) startDay(workload, day);
  const container = containerOf(workload, sample.container);
  if (container === undefined) return;
  const open = openDay(container, day, workload.newestDay - daysKept + 1);
  open.sources |= source === 'prometheus' ? 1 : 2;
  const pod = hashPod(sample.pod);
  const counted = addWindow(open, pod, window % windowsPerDay, figures);
  addToTrend(container.trend, window, figures);
  addToHour(workload.hour, pod, window, {
    cpuMillicores: counted.cpu ? figures.cpu : undefined,
    memoryAverageBytes: counted.memory ? figures.memoryAverage : undefined,
    memoryPeakBytes: counted.memory ? figures.memory : undefined,
  });
}

function isKept({ newestDay }: WorkloadHistory, day: number): boolean {
  return day >= 0 && day > newestDay - daysKept;
}

interface Figures {
  cpu: number | undefined;
  memory: number | undefined;
  memoryAverage: number | undefined;
}

function readFigures(sample: UsageSample): Figures | undefined {
  const cpu = readFigure(sample.cpuMillicores, maxMillicores);
  const average = readFigure(sample.memoryAverageBytes, maxMemoryBytes);
  const peak = readFigure(sample.memoryPeakBytes, maxMemoryBytes) ?? average;
  if (cpu === undefined && peak === undefined) return undefined;
  const memory = peak === undefined ? undefined : Math.ceil(peak);
  return { cpu, memory, memoryAverage: average ?? memory };
}

function readFigure(value: number | undefined, most: number): number | undefined {
  return value !== undefined && value >= 0 && value < Infinity ? Math.min(value, most) : undefined;
}

/** Containers of which nothing is kept any more are let go. */
function startDay(workload: WorkloadHistory, day: number): void {
  workload.newestDay = day;
  for (const [name, history] of workload.containers)
    if (packedDays(history).every((one) => one.day <= day - daysKept)) workload.containers.delete(name);
}

function containerOf({ containers }: WorkloadHistory, name: string): ContainerHistory | undefined {
  const known = containers.get(name);
  if (known !== undefined || containers.size >= maxContainers) return known;
  const created = createContainerHistory();
  containers.set(name, created);
  return created;
}

/** The same days, without what changes with every window. */
export function withoutRecent(workload: WorkloadHistory): WorkloadHistory {
  const containers = [...workload.containers].map(
    ([name, history]) => [name, { ...history, trend: createTrend() }] as const,
  );
  return { ...workload, containers: new Map(containers), hour: createRecentHour() };
}
