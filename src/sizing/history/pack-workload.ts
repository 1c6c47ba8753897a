// A workload as bytes and back, as a checkpoint holds it.
import { compareText } from '../../api/compare-text.ts';
import { createByteReader, createByteWriter, MalformedBytesError } from './bytes.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { createContainerHistory, joinDays, packedDays } from './container-history.ts';
import type { ContainerHistory, PackedDay } from './container-history.ts';
import { maxPodsPerDay } from './container-day.ts';
import { maxMemoryBytes, maxMillicores, readDay } from './pack-day.ts';
import { figuresPerWindow, windowsPerHour } from './recent-hour.ts';
import type { RecentHour } from './recent-hour.ts';
import { trendSlots } from './trend.ts';
import type { Trend } from './trend.ts';
import { daysKept } from './windows.ts';
import { createWorkloadHistory, maxContainers } from './workload-history.ts';
import type { WorkloadHistory } from './workload-history.ts';

const maxNameBytes = 1024;
const maxWindow = 2 ** 40;

/** The same bytes for the same workload, in whatever order it was recorded. Days before `oldestDay`, and after `newestDay`, are left out. */
export function packWorkload(workload: WorkloadHistory, oldestDay: number, newestDay = Infinity): Uint8Array {
  const writer = createByteWriter();
  const { namespace, kind, name } = workload.key;
  for (const text of [namespace, kind, name]) writer.text(text);
  const containers = [...workload.containers]
    .map(([container, history]) => ({ container, history, days: daysBetween(history, oldestDay, newestDay) }))
    .filter(({ days, history }) => days.length > 0 || history.trend.newest >= 0)
    .sort((left, right) => compareText(left.container, right.container));
  writer.number(containers.length);
  for (const { container, history, days } of containers) {
    writer.text(container);
    writer.number(days.length);
    for (const { bytes } of days) writer.bytes(bytes);
    writeTrend(writer, history.trend);
  }
  writeHour(writer, workload.hour);
  return writer.finish();
}

function daysBetween(history: ContainerHistory, oldestDay: number, newestDay: number): PackedDay[] {
  return packedDays(history).filter(({ day }) => day >= oldestDay && day <= newestDay);
}

function writeTrend(writer: ByteWriter, { newest, peaks }: Trend): void {
  writer.number(newest + 1);
  peaks.forEach((peak, at) => {
    writer.number(peak < 0 ? 0 : 1 + (at % 2 === 0 ? Math.round(peak * 1000) : peak));
  });
}

function writeHour(writer: ByteWriter, { newest, pods }: RecentHour): void {
  writer.number(newest + 1);
  writer.number(pods.size);
  for (const [pod, ring] of [...pods].sort(([left], [right]) => left - right)) {
    writer.number(pod);
    for (const figure of ring) writer.number(figure);
  }
}

/** @throws MalformedBytesError where the bytes are no workload; every day is read once, so that nothing fails later */
export function readPackedWorkload(reader: ByteReader): WorkloadHistory {
  const [namespace, kind, name] = [maxNameBytes, maxNameBytes, maxNameBytes].map((most) => reader.text(most));
  const workload = createWorkloadHistory({
    namespace: namespace ?? '',
    kind: kind ?? '',
    name: name ?? '',
  });
  for (let count = reader.number(maxContainers); count > 0; count--) {
    const container = reader.text(maxNameBytes);
    const { history, newestDay } = readContainer(reader);
    workload.containers.set(container, history);
    workload.newestDay = Math.max(workload.newestDay, newestDay);
  }
  readHour(reader, workload.hour);
  return workload;
}

function readContainer(reader: ByteReader): { history: ContainerHistory; newestDay: number } {
  const history = createContainerHistory();
  const days: PackedDay[] = [];
  for (let count = reader.number(daysKept); count > 0; count--) {
    const bytes = reader.bytes();
    const own = createByteReader(bytes);
    const { day } = readDay(own);
    if (!own.isAtEnd) throw new MalformedBytesError('a day goes on after its end');
    if (days.some((known) => known.day >= day)) throw new MalformedBytesError('days are not in order');
    days.push({ day, bytes });
  }
  history.past = joinDays(days);
  readTrend(reader, history.trend);
  return { history, newestDay: days.at(-1)?.day ?? -1 };
}

function readTrend(reader: ByteReader, trend: Trend): void {
  trend.newest = reader.number(maxWindow) - 1;
  for (let at = 0; at < trendSlots * 2; at++) {
    const written = reader.number(at % 2 === 0 ? maxMillicores * 1000 + 1 : maxMemoryBytes + 1);
    trend.peaks[at] = written === 0 ? -1 : at % 2 === 0 ? (written - 1) / 1000 : written - 1;
  }
}

function readHour(reader: ByteReader, hour: RecentHour): void {
  hour.newest = reader.number(maxWindow) - 1;
  for (let count = reader.number(maxPodsPerDay * 2); count > 0; count--) {
    const pod = reader.number();
    const ring = new Uint32Array(windowsPerHour * figuresPerWindow);
    for (let at = 0; at < ring.length; at++) ring[at] = reader.number(2 ** 32 - 1);
    hour.pods.set(pod, ring);
  }
}
