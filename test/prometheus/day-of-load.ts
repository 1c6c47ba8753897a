// A made-up day of many workloads as Prometheus has it, with restarts, rollouts, sidecars and what was scraped twice; and the truth about it.
import { createRandom } from '../random.ts';
import { ownerSeries, type Scrapes } from './container-series.ts';
import type { TestSeries } from './open-metrics.ts';

/** When the day begins, and how often it is scraped. Scrapes lie on the ends of windows. */
export interface DayOptions {
  workloads: number;
  fromMs: number;
  toMs: number;
  everyMs: number;
}

/** A container of a pod, with what it used between each scrape and the one before, and what it held at each. The last figure is of after the last scrape. */
interface DayContainer {
  name: string;
  cores: Float64Array;
  bytes: Float64Array;
  /** When one container of the runtime ends and another begins, in scrapes since the pod's first: between two of them. */
  restarts: readonly number[];
}

/** There from one scrape to another, and for a part of the time to the next. */
interface DayPod {
  name: string;
  replicaSet: string;
  first: number;
  last: number;
  /** In scrapes since the first. */
  end: number;
  containers: readonly DayContainer[];
}

/** A Deployment. */
export interface DayWorkload {
  namespace: string;
  name: string;
  /** Whether two Prometheus have scraped it. */
  isDoubled: boolean;
  pods: readonly DayPod[];
}

const MiB = 2 ** 20;

/** The same for the same options. */
export function createDay(options: DayOptions): DayWorkload[] {
  const random = createRandom(31);
  const scrapes = Math.round((options.toMs - options.fromMs) / options.everyMs) + 1;
  return Array.from({ length: options.workloads }, (_, index) => createWorkload(index, scrapes, random));
}

function createWorkload(index: number, scrapes: number, random: () => number): DayWorkload {
  const name = `application-${index}`;
  const hasSidecar = random() < 0.3;
  const rollout = random() < 0.4 ? Math.floor(scrapes * (0.1 + 0.8 * random())) : scrapes;
  const replicas = random() < 0.5 ? 1 : 2;
  const scale = 10 ** (random() * 2 - 2);
  const memory = (64 + 900 * random()) * MiB;
  const pods: DayPod[] = [];
  const generations =
    rollout < scrapes
      ? [
          [0, rollout],
          [rollout - 4, scrapes - 1],
        ]
      : [[0, scrapes - 1]];
  generations.forEach(([first = 0, last = 0], generation) => {
    for (let replica = 0; replica < replicas; replica += 1) {
      const replicaSet = `${name}-g${generation}`;
      const containers = [createContainer('app', { first, last, scale, memory, random })];
      if (hasSidecar)
        containers.push(createContainer('proxy', { first, last, scale: 0.02, memory: 30 * MiB, random }));
      // At the end of the day all go on; whoever ends before does so at any time between two scrapes.
      const end = last - first + (last === scrapes - 1 ? 0 : random());
      pods.push({ name: `${replicaSet}-${replica}x`, replicaSet, first, last, end, containers });
    }
  });
  return { namespace: `team-${index % 20}`, name, isDoubled: random() < 0.2, pods };
}

interface Load {
  first: number;
  last: number;
  scale: number;
  memory: number;
  random: () => number;
}

/** A wave over the day, noise that lasts some minutes, and a few spikes. */
function createContainer(name: string, { first, last, scale, memory, random }: Load): DayContainer {
  const length = last - first + 2;
  const [cores, bytes] = [new Float64Array(length), new Float64Array(length)];
  const phase = random() * 7;
  let drift = 0;
  for (let at = 0; at < length; at += 1) {
    drift = drift * 0.95 + (random() - 0.5) * 0.2;
    const wave = 1 + 0.5 * Math.sin(phase + ((first + at) / 2880) * 2 * Math.PI);
    const spike = random() < 0.002 ? 3 : 1;
    cores[at] = scale * wave * Math.exp(drift) * spike;
    bytes[at] = Math.round(memory * (0.8 + 0.2 * wave * random()) * (random() < 0.0005 ? 1.6 : 1));
  }
  const isRestarted = random() < 0.2 && length > 100;
  return { name, cores, bytes, restarts: isRestarted ? [20 + random() * (length - 40)] : [] };
}

/** All series of the day. What is scraped twice has the job's other copy half an interval off. */
export function* daySeries(day: readonly DayWorkload[], options: DayOptions): Generator<TestSeries> {
  for (const workload of day)
    for (const pod of workload.pods) {
      const scrapes = {
        fromMs: options.fromMs + pod.first * options.everyMs,
        toMs: options.fromMs + pod.last * options.everyMs,
        everyMs: options.everyMs,
      };
      const place = { namespace: workload.namespace, pod: pod.name };
      // kube-state-metrics is asked rarely here: only that the series are there counts.
      const owners = ownerSeries(place, pod.replicaSet, workload.name, { ...scrapes, everyMs: 240_000 });
      yield* pod.name.endsWith('-0x') ? owners : owners.slice(0, 1);
      for (const container of pod.containers)
        for (const copy of workload.isDoubled ? [0, 1] : [0])
          yield* containerSeries(place, { ...container, end: pod.end }, scrapes, copy);
    }
}

/** Core-scrapes that a container used from one time to another, both in scrapes since its pod's first. */
function usedBetween({ cores }: DayContainer, from: number, to: number): number {
  let used = 0;
  for (let at = Math.floor(from) + 1; at - 1 < to; at += 1)
    used += (cores[at] ?? 0) * (Math.min(at, to) - Math.max(at - 1, from));
  return used;
}

/** One series for each container of the runtime. Both copies read the same counter, the second half an interval after the first. */
function* containerSeries(
  place: { namespace: string; pod: string },
  container: DayContainer & { end: number },
  { fromMs, everyMs }: Scrapes,
  copy: number,
): Generator<TestSeries> {
  const bounds = [0, ...container.restarts, container.end];
  for (let life = 0; life + 1 < bounds.length; life += 1) {
    const [begin = 0, end = 0] = [bounds[life], bounds[life + 1]];
    const labels = { ...place, container: container.name, name: `c${life}`, prometheus: String(copy) };
    const offset = copy / 2;
    const first = Math.ceil(begin - offset) + offset;
    const atMs = (time: number) => fromMs + Math.round(time * everyMs);
    yield {
      metric: 'container_cpu_usage_seconds_total',
      labels: { ...labels, cpu: 'total' },
      samples: {
        *[Symbol.iterator]() {
          let [coreScrapes, before] = [0, begin];
          for (let time = first; time <= end; before = time, time += 1) {
            coreScrapes += usedBetween(container, before, time);
            yield [atMs(time), coreScrapes * (everyMs / 1000)] as const;
          }
        },
      },
    };
    yield {
      metric: 'container_memory_working_set_bytes',
      labels,
      samples: {
        *[Symbol.iterator]() {
          for (let time = first; time <= end; time += 1)
            yield [atMs(time), container.bytes[Math.floor(time)] ?? 0] as const;
        },
      },
    };
  }
}

/** What is true of one container of a workload. */
export interface DayTruth {
  /** Means of each window of each pod, in millicores, sorted. */
  cpu: number[];
  /**
   * Whether the highest of them is of one container from end to end. What another used between its last scrape and its end is in no sample:
   * such a window can only be estimated.
   */
  isPeakWhole: boolean;
  memoryPeak: number;
  /** Of each pod. */
  memoryPeaks: number[];
}

/** From what each pod used, without a query: windows end at multiples of ten scrapes from the day's beginning. */
export function truthOf(workload: DayWorkload, container: string, scrapesPerWindow: number): DayTruth {
  const windows: { millicores: number; isWhole: boolean }[] = [];
  const memoryPeaks: number[] = [];
  for (const { first, end, containers } of workload.pods) {
    const found = containers.find(({ name }) => name === container);
    if (found === undefined) continue;
    // Up to the last scrape of the pod: in a window that begins after it nothing was measured.
    for (let from = -(first % scrapesPerWindow); from < Math.floor(end); from += scrapesPerWindow) {
      const to = from + scrapesPerWindow;
      const used = usedBetween(found, Math.max(0, from), Math.min(to, end));
      const isWhole = from >= 0 && to <= end && !found.restarts.some((at) => at > from && at < to);
      windows.push({ millicores: (used / scrapesPerWindow) * 1000, isWhole });
    }
    memoryPeaks.push(Math.max(...found.bytes.subarray(0, -1)));
  }
  windows.sort((one, other) => one.millicores - other.millicores);
  memoryPeaks.sort((one, other) => one - other);
  return {
    cpu: windows.map(({ millicores }) => millicores),
    isPeakWhole: windows.at(-1)?.isWhole === true,
    memoryPeak: memoryPeaks.at(-1) ?? 0,
    memoryPeaks,
  };
}

/** As quantile_over_time: linear between ranks, of sorted values. */
export function quantile(sorted: readonly number[], share: number): number {
  const rank = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(rank)] ?? 0, sorted[Math.ceil(rank)] ?? 0];
  return low + (high - low) * (rank - Math.floor(rank));
}
