// Takes what a Prometheus has of the past into a history of workloads, piece by piece as it comes.
import { createUsageHistory, type UsageHistory } from '../../sizing/usage-history.ts';
import type { UsageSample, WorkloadKey } from '../../sizing/usage.ts';
import type { FindOwner } from './find-pod-owners.ts';

/** What was measured. */
export interface Recorded {
  history: UsageHistory;
  /** Windows of each workload, by {@link idOf}; undefined where there were too many to keep. */
  windows: ReadonlyMap<string, readonly UsageSample[]> | undefined;
  /** Pods, as `namespace/name`, of which nobody knows whose they were. */
  unowned: ReadonlySet<string>;
}

/** How to take it in. */
export interface RecordOptions {
  findOwner: FindOwner;
  /** Others are not kept. */
  workloads: readonly WorkloadKey[];
  span: { fromMs: number; toMs: number };
  signal: AbortSignal;
  onProgress: (text: string) => void;
}

/** Windows that are kept for a replay: about 100 MB. A week of 250 containers is half of them. */
const mostWindows = 1_000_000;

/** @throws what the source does; the signal's reason */
export async function recordHistory(
  source: AsyncIterable<readonly UsageSample[]>,
  { findOwner, workloads, span, signal, onProgress }: RecordOptions,
): Promise<Recorded> {
  const history = createUsageHistory();
  const wanted = new Map(workloads.map((key) => [idOf(key), key]));
  const unowned = new Set<string>();
  let windows: Map<string, UsageSample[]> | undefined = new Map();
  let count = 0;
  onProgress('asking Prometheus for the past');
  for await (const samples of source) {
    signal.throwIfAborted();
    for (const [id, own] of groupByWorkload(samples, findOwner, unowned)) {
      const key = wanted.get(id);
      if (key === undefined) continue;
      history.record(key, own, 'prometheus');
      count += own.length;
      if (count > mostWindows) windows = undefined;
      if (windows !== undefined) append(windows, id, own);
    }
    onProgress(`asking Prometheus for the past: ${formatDone(samples, span)}`);
  }
  return { history, windows, unowned };
}

/** Of a workload: no part of it holds a slash. */
export const idOf = ({ namespace, kind, name }: WorkloadKey): string => `${namespace}/${kind}/${name}`;

function groupByWorkload(
  samples: readonly UsageSample[],
  findOwner: FindOwner,
  unowned: Set<string>,
): Map<string, UsageSample[]> {
  const groups = new Map<string, UsageSample[]>();
  for (const sample of samples) {
    const owner = findOwner(sample);
    if (owner === undefined) unowned.add(`${sample.namespace}/${sample.pod}`);
    else append(groups, idOf(owner), [sample]);
  }
  return groups;
}

function append(groups: Map<string, UsageSample[]>, id: string, samples: readonly UsageSample[]): void {
  const group = groups.get(id);
  if (group === undefined) groups.set(id, [...samples]);
  else for (const sample of samples) group.push(sample);
}

/** Pieces come oldest first. */
function formatDone(samples: readonly UsageSample[], { fromMs, toMs }: RecordOptions['span']): string {
  const latestMs = samples.reduce((latest, { atMs }) => Math.max(latest, atMs), fromMs);
  return `${Math.floor((100 * (latestMs - fromMs)) / Math.max(1, toMs - fromMs))}%`;
}
