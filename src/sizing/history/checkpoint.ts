// Everything learnt, as chunks of bytes that fit into ConfigMaps, and back.
import { createByteReader, createByteWriter, MalformedBytesError } from './bytes.ts';
import { packWorkload, readPackedWorkload } from './pack-workload.ts';
import { daysKept } from './windows.ts';
import type { WorkloadHistory } from './workload-history.ts';

/** Bytes of a chunk at most: 853 KiB of text in base64, which leaves room for the rest of a ConfigMap of 900 KiB. */
export const maxChunkBytes = 640 * 1024;

/** What every chunk starts with, before the version. */
const mark = [0x64, 0x6f, 0x72, 0x67, 0x75];

/** The version that is written, and the only one that is read. Whoever moves the buckets raises it. */
export const checkpointVersion = 2;

const headerBytes = mark.length + 1;
const checksumBytes = 4;

/** Days of workloads, by number: those from the one to the other. */
export interface DaySpan {
  oldestDay: number;
  newestDay: number;
}

const allDays: DaySpan = { oldestDay: -Infinity, newestDay: Infinity };

/** Chunks of whole workloads, in the order given: the same bytes for the same history. */
export function encodeChunks(workloads: Iterable<WorkloadHistory>): Uint8Array[] {
  return [...encodeSteps(workloads)].filter((chunk) => chunk !== undefined);
}

/**
 * The same, step by step: undefined after each workload with which no chunk is full, so that whoever encodes many of them can rest in between. Of `days`
 * alone: what is known of another day is another chunk's to say. Chunks are closed at `chunkBytes`, where no workload takes more by itself.
 */
export function* encodeSteps(
  workloads: Iterable<WorkloadHistory>,
  days = allDays,
  chunkBytes = maxChunkBytes,
): Generator<Uint8Array | undefined> {
  let parts: Uint8Array[] = [];
  let size = headerBytes + checksumBytes;
  for (const workload of workloads) {
    const part = packToFit(workload, days);
    if (parts.length > 0 && size + part.length + 4 > chunkBytes) {
      yield sealChunk(parts);
      parts = [];
      size = headerBytes + checksumBytes;
    } else yield undefined;
    parts.push(part);
    size += part.length + 4;
  }
  if (parts.length > 0) yield sealChunk(parts);
}

/** Of a workload that is too large for a chunk by itself the oldest days are let go. */
function packToFit(workload: WorkloadHistory, { oldestDay, newestDay }: DaySpan): Uint8Array {
  const most = maxChunkBytes - headerBytes - checksumBytes - 4;
  for (let days = daysKept; days > 0; days--) {
    const packed = packWorkload(workload, Math.max(oldestDay, workload.newestDay - days + 1), newestDay);
    if (packed.length <= most) return packed;
  }
  return packWorkload({ ...workload, hour: { newest: -1, pods: new Map() } }, Infinity);
}

function sealChunk(parts: readonly Uint8Array[]): Uint8Array {
  const writer = createByteWriter();
  for (const byte of [...mark, checkpointVersion]) writer.number(byte);
  for (const part of parts) writer.bytes(part);
  const body = writer.finish();
  const chunk = new Uint8Array(body.length + checksumBytes);
  chunk.set(body);
  new DataView(chunk.buffer).setUint32(body.length, checksumOf(body), true);
  return chunk;
}

/** The workloads of a chunk, or why it is left alone, fit to follow "a checkpoint is ignored: ". */
export type ChunkResult =
  | { readonly ok: true; readonly workloads: readonly WorkloadHistory[] }
  | { readonly ok: false; readonly reason: string };

/** Reads a chunk whole or not at all; never throws. */
export function decodeChunk(chunk: Uint8Array): ChunkResult {
  if (chunk.length > maxChunkBytes * 2)
    return { ok: false, reason: `it has ${chunk.length} bytes, expected at most ${maxChunkBytes}` };
  if (mark.some((byte, at) => chunk[at] !== byte))
    return { ok: false, reason: 'it does not start as a checkpoint of dorgu does' };
  const version = chunk[mark.length];
  if (version !== checkpointVersion)
    return {
      ok: false,
      reason: `it is of version ${version ?? 'none'}, expected version ${checkpointVersion}`,
    };
  const end = chunk.length - checksumBytes;
  if (end < headerBytes) return { ok: false, reason: 'it is cut off' };
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (view.getUint32(end, true) !== checksumOf(chunk.subarray(0, end)))
    return { ok: false, reason: 'its checksum is wrong: it is damaged or cut off' };
  return readBody(chunk.slice(headerBytes, end));
}

function readBody(body: Uint8Array): ChunkResult {
  try {
    const reader = createByteReader(body);
    const workloads: WorkloadHistory[] = [];
    while (!reader.isAtEnd) workloads.push(readPackedWorkload(createByteReader(reader.bytes())));
    return { ok: true, workloads };
  } catch (error) {
    if (!(error instanceof MalformedBytesError)) throw error;
    return { ok: false, reason: error.message };
  }
}

/** FNV-1a: finds damage, not intent. */
export function checksumOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
