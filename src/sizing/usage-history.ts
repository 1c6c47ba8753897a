// Everything that was measured, of all workloads, in little memory: what the sampler and `recommend` fill and advice reads.
import { compareText } from '../api/compare-text.ts';
import type { ResourceBaseline } from './advice.ts';
import { decodeChunk, encodeChunks, encodeSteps } from './history/checkpoint.ts';
import { mergeWorkload } from './history/merge-workload.ts';
import { baselineOfHour } from './history/recent-hour.ts';
import { summarise } from './history/summarise.ts';
import { dayOf, daysKept, windowAt } from './history/windows.ts';
import { addSample, createWorkloadHistory, withoutRecent } from './history/workload-history.ts';
import type { WorkloadHistory } from './history/workload-history.ts';
import type { ContainerUsage, UsageSample, UsageSource, WorkloadKey } from './usage.ts';

/** What a checkpoint gave. */
export interface DecodeResult {
  /** Workloads that were read. */
  workloads: number;
  /** Why chunks were ignored, each with its place in the list: `chunk 2 is ignored: its checksum is wrong …`. */
  problems: string[];
}

/** What is known of the use of workloads: at most eight days. */
export interface UsageHistory {
  /** Adds samples of a workload in any order; a window of a container of a pod that was added before counts once. */
  record(key: WorkloadKey, samples: Iterable<UsageSample>, source: UsageSource): void;
  /** One for each container that was measured in the eight days up to `nowMs`, by name. */
  usageOf(key: WorkloadKey, nowMs: number): ContainerUsage[];
  /** What a pod used in the last hour; undefined where nothing was measured in it. */
  baselineOf(key: WorkloadKey, nowMs: number): ResourceBaseline | undefined;
  /** All workloads of which anything is known. */
  keys(): Iterable<WorkloadKey>;
  forget(keys: Iterable<WorkloadKey>): void;
  /** Forgets workloads of which nothing was measured in the eight days up to `nowMs`. */
  forgetOld(nowMs: number): void;
  /** Chunks of at most {@link maxChunkBytes}: the same bytes for the same history. */
  encode(): Uint8Array[];
  /**
   * The same in two halves, and step by step for whoever has others waiting: `past` holds the days before that of `nowMs`, which hardly change any
   * more, `today` the rest. Decoding both gives all. Undefined after each workload with which no chunk is full; chunks are small.
   */
  encodeHalf(half: 'past' | 'today', nowMs: number): Generator<Uint8Array | undefined>;
  /** Adds what the chunks hold to what is known. Never throws; a chunk counts whole or not at all. `place`: of the first one, for problems. */
  decode(chunks: Iterable<Uint8Array>, place?: number): DecodeResult;
}

/** A history of which nothing is known. */
export function createUsageHistory(): UsageHistory {
  const workloads = new Map<string, WorkloadHistory>();
  const workloadOf = (key: WorkloadKey) => {
    const id = idOf(key);
    let workload = workloads.get(id);
    if (workload === undefined) workloads.set(id, (workload = createWorkloadHistory(key)));
    return workload;
  };
  return {
    record: (key, samples, source) => {
      const workload = workloadOf(key);
      for (const sample of samples) addSample(workload, sample, source);
    },
    usageOf: (key, nowMs) => usageOfWorkload(workloads.get(idOf(key)), nowMs),
    baselineOf: (key, nowMs) => {
      const workload = workloads.get(idOf(key));
      return workload === undefined ? undefined : baselineOfHour(workload.hour, nowMs);
    },
    keys: () => [...workloads.values()].map(({ key }) => ({ ...key })),
    forget: (keys) => {
      for (const key of keys) workloads.delete(idOf(key));
    },
    forgetOld: (nowMs) => {
      const oldest = dayOf(windowAt(nowMs)) - daysKept + 1;
      for (const [id, { newestDay }] of workloads) if (newestDay < oldest) workloads.delete(id);
    },
    encode: () => encodeChunks(sorted(workloads)),
    encodeHalf: (half, nowMs) => encodeHalf(sorted(workloads), half, dayOf(windowAt(nowMs))),
    decode: (chunks, place = 0) => decodeInto(chunks, workloadOf, place),
  };
}

function sorted(workloads: ReadonlyMap<string, WorkloadHistory>): WorkloadHistory[] {
  return [...workloads].sort(([left], [right]) => compareText(left, right)).map(([, workload]) => workload);
}

/** Small enough to be read without anybody waiting for long. */
const smallChunkBytes = 64 * 1024;

/** The last day's trend and the last hour belong to today. */
function encodeHalf(
  workloads: readonly WorkloadHistory[],
  half: 'past' | 'today',
  today: number,
): Generator<Uint8Array | undefined> {
  if (half === 'today')
    return encodeSteps(workloads, { oldestDay: today, newestDay: Infinity }, smallChunkBytes);
  return encodeSteps(
    workloads.map(withoutRecent),
    { oldestDay: today - daysKept + 1, newestDay: today - 1 },
    smallChunkBytes,
  );
}

/** Names hold no slash, so that no two keys share an id. */
function idOf({ namespace, kind, name }: WorkloadKey): string {
  return `${namespace}/${kind}/${name}`;
}

function usageOfWorkload(workload: WorkloadHistory | undefined, nowMs: number): ContainerUsage[] {
  if (workload === undefined) return [];
  return [...workload.containers]
    .sort(([left], [right]) => compareText(left, right))
    .flatMap(([name, history]) => summarise(name, history, nowMs) ?? []);
}

function decodeInto(
  chunks: Iterable<Uint8Array>,
  workloadOf: (key: WorkloadKey) => WorkloadHistory,
  firstPlace: number,
): DecodeResult {
  const result: DecodeResult = { workloads: 0, problems: [] };
  let place = firstPlace;
  for (const chunk of chunks) {
    const decoded = decodeChunk(chunk);
    if (decoded.ok) {
      for (const workload of decoded.workloads) mergeWorkload(workloadOf(workload.key), workload);
      result.workloads += decoded.workloads.length;
    } else result.problems.push(`chunk ${place} is ignored: ${decoded.reason}`);
    place += 1;
  }
  return result;
}
