// A day as bytes and back: how days that are over are kept, in memory as in a checkpoint.
import { bucketCount } from './buckets.ts';
import { createByteWriter, MalformedBytesError } from './bytes.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { createDay, maxPodsPerDay, seenBytes, slotOf } from './container-day.ts';
import type { ContainerDay } from './container-day.ts';
import { windowsPerDay } from './windows.ts';

/** The most that a working set may be: 2^50 bytes, a pebibyte. */
export const maxMemoryBytes = 2 ** 50;

/** The most CPU that is believed, in millicores: a million cores. */
export const maxMillicores = 1e9;

const pageBytes = 4096;
const maxDay = 2 ** 32;

/** The same bytes for the same day, in whatever order it was recorded. */
export function packDay(day: ContainerDay): Uint8Array {
  const writer = createByteWriter();
  writer.number(day.day);
  writer.number(day.sources);
  writeHistogram(writer, day);
  const pods = [...day.pods].sort(([left], [right]) => left - right);
  writer.number(pods.length);
  for (const [pod, slot] of pods) {
    const peak = day.peaks[slot] ?? -1;
    writer.number(pod);
    writer.number(peak < 0 ? 0 : 1 + (peak % pageBytes === 0 ? (peak / pageBytes) * 2 : peak * 2 + 1));
    writeRuns(writer, rowOf(day, slot * 2));
    writeRuns(writer, rowOf(day, slot * 2 + 1));
  }
  return writer.finish();
}

/** The windows of one row: a pod's with CPU (`slot * 2`), or with memory (the one after). */
export function rowOf(day: ContainerDay, row: number): Uint8Array {
  return day.seen.subarray(row * seenBytes, (row + 1) * seenBytes);
}

function writeHistogram(writer: ByteWriter, { counts, lowest, cpuPeak }: ContainerDay): void {
  const first = counts.findIndex((count) => count > 0);
  const end = counts.findLastIndex((count) => count > 0) + 1;
  writer.number(end === 0 ? 0 : end - first);
  if (end === 0) return;
  writer.number(lowest + first);
  for (let at = first; at < end; at++) writer.number(counts[at] ?? 0);
  writer.fraction(cpuPeak);
}

/** Set bits as runs: how many there are, then for each the distance from the end of the one before, and its length. */
function writeRuns(writer: ByteWriter, row: Uint8Array): void {
  const runs: number[] = [];
  let end = 0;
  for (let at = 0; at < windowsPerDay; at++) {
    if (!isSet(row, at)) continue;
    const start = at;
    while (at < windowsPerDay && isSet(row, at)) at++;
    runs.push(start - end, at - start);
    end = at;
  }
  writer.number(runs.length / 2);
  for (const value of runs) writer.number(value);
}

/** Whether a window of a row was seen. */
export function isSet(row: Uint8Array, at: number): boolean {
  return ((row[at >> 3] ?? 0) & (1 << (at & 7))) !== 0;
}

/** @throws MalformedBytesError where the bytes are no day */
export function readDay(reader: ByteReader): ContainerDay {
  const day = createDay(reader.number(maxDay));
  day.sources = reader.number(3);
  readHistogram(reader, day);
  const podCount = reader.number(maxPodsPerDay);
  let seenCpu = 0;
  for (let index = 0; index < podCount; index++) {
    const slot = slotOf(day, reader.number());
    if (slot !== index) throw new MalformedBytesError('a pod stands twice in a day');
    const peak = reader.number(maxMemoryBytes * 2 + 2);
    day.peaks[slot] = peak === 0 ? -1 : peakOf(peak - 1);
    seenCpu += readRuns(reader, rowOf(day, slot * 2));
    readRuns(reader, rowOf(day, slot * 2 + 1));
  }
  const counted = day.counts.reduce((sum, count) => sum + count, 0);
  if (counted !== seenCpu)
    throw new MalformedBytesError(`${counted} windows in a histogram, and ${seenCpu} that were seen`);
  return day;
}

function peakOf(written: number): number {
  const peak = written % 2 === 0 ? (written / 2) * pageBytes : (written - 1) / 2;
  if (peak <= maxMemoryBytes) return peak;
  throw new MalformedBytesError(`a working set of ${peak} bytes`);
}

function readHistogram(reader: ByteReader, day: ContainerDay): void {
  const length = reader.number(bucketCount);
  if (length === 0) return;
  day.lowest = reader.number(bucketCount - length);
  day.counts = new Uint32Array(length);
  for (let at = 0; at < length; at++) day.counts[at] = reader.number(maxPodsPerDay * windowsPerDay);
  day.cpuPeak = reader.fraction();
  if (!(day.cpuPeak >= 0 && day.cpuPeak <= maxMillicores))
    throw new MalformedBytesError(`a peak of ${day.cpuPeak} millicores`);
}

function readRuns(reader: ByteReader, row: Uint8Array): number {
  let at = 0;
  let seen = 0;
  for (let runs = reader.number(windowsPerDay / 2); runs > 0; runs--) {
    at += reader.number(windowsPerDay - at);
    const length = reader.number(windowsPerDay - at);
    for (const end = at + length; at < end; at++) row[at >> 3] = (row[at >> 3] ?? 0) | (1 << (at & 7));
    seen += length;
  }
  return seen;
}
