// The use of a cluster's containers, asked of a Prometheus in as few questions as its size allows.
import { sampleWindowMs, type UsageSample } from '../sizing/usage.ts';
import type { PrometheusClient, Question } from './client.ts';
import { createSampleCollector } from './collect-samples.ts';
import { createOwnerJoin } from './join-owners.ts';
import { PrometheusError } from './prometheus-error.ts';
import {
  halveSlice,
  ownerSelectors,
  ownersQuery,
  probeQuery,
  slicePods,
  usageMetrics,
  usageQuery,
  type KnownMetrics,
  type PodSlice,
} from './queries.ts';
import { createSlicing, type Slicing } from './slicing.ts';
import type { PodOwner, PrometheusUsage, UsageScope } from './usage-source.ts';

/** Beyond this a span's owners are read from the index instead of samples. */
const longSpanMs = 60 * 60 * 1000;

/** One per client: what it learns about the size of the cluster, it uses for the next question. */
export function createPrometheusUsage(client: PrometheusClient): PrometheusUsage {
  return new Usage(client);
}

/** What is known about the part of the cluster that is asked for. */
interface Scoped {
  scope: UsageScope;
  known: KnownMetrics;
  slicing: Slicing;
}

/** What one question is about: windows that end from `fromMs` to `toMs`, of a part of the pods. */
interface Part {
  fromMs: number;
  toMs: number;
  slice: PodSlice;
}

class Usage implements PrometheusUsage {
  readonly #client: PrometheusClient;
  readonly #scopes = new Map<string | undefined, Scoped>();

  constructor(client: PrometheusClient) {
    this.#client = client;
  }

  async sample(atMs: number, scope: UsageScope): Promise<UsageSample[]> {
    const scoped = await this.#probeOnce(atMs, scope);
    const samples: UsageSample[] = [];
    for await (const some of this.#askCut(scoped, { fromMs: atMs, toMs: atMs }, scoped.slicing.podSlices()))
      samples.push(...some);
    // Whatever was known about the metrics may no longer be so.
    if (samples.length === 0) this.#scopes.delete(scope.namespace);
    return samples;
  }

  async owners({ fromMs, toMs }: { fromMs: number; toMs: number }, scope: UsageScope): Promise<PodOwner[]> {
    const join = createOwnerJoin();
    const question: Question =
      toMs - fromMs <= longSpanMs
        ? { api: 'query', promql: ownersQuery(toMs - fromMs, scope), atMs: toMs }
        : { api: 'series', selectors: ownerSelectors(scope), fromMs, toMs };
    await this.#client.ask(question, (series) => join.add(series));
    return join.owners();
  }

  async *history(span: { fromMs: number; toMs: number }, scope: UsageScope): AsyncGenerator<UsageSample[]> {
    const scoped = await this.#probeOnce(span.toMs, scope);
    const lastMs = Math.floor(span.toMs / sampleWindowMs) * sampleWindowMs;
    let fromMs = Math.ceil(span.fromMs / sampleWindowMs) * sampleWindowMs;
    while (fromMs <= lastMs) {
      const { windows, podSlices } = scoped.slicing.history();
      const toMs = Math.min(lastMs, fromMs + (windows - 1) * sampleWindowMs);
      yield* this.#askCut(scoped, { fromMs, toMs }, podSlices);
      fromMs = toMs + sampleWindowMs;
    }
  }

  async #probeOnce(atMs: number, scope: UsageScope): Promise<Scoped> {
    const before = this.#scopes.get(scope.namespace);
    if (before !== undefined) return before;
    const known = new Map<string, number>();
    const names: readonly string[] = Object.values(usageMetrics);
    try {
      await this.#client.ask({ api: 'query', promql: probeQuery(scope), atMs }, (series) => {
        const name = series.label('__name__');
        if (names.includes(name)) known.set(name, series.points[0]?.value ?? 0);
      });
    } catch (error) {
      // Where even counting is too much, the raw metrics are taken to be there, and questions are cut as they are refused.
      if (!isTooLarge(error)) throw error;
    }
    const slicing = createSlicing();
    slicing.expectSeries(countSeriesAsked(known));
    const scoped = { scope, known, slicing };
    this.#scopes.set(scope.namespace, scoped);
    return scoped;
  }

  /** One question for each part of the pods. */
  async *#askCut(
    scoped: Scoped,
    span: { fromMs: number; toMs: number },
    podSlices: number,
  ): AsyncGenerator<UsageSample[]> {
    const cost = { touched: undefined as number | undefined };
    for (const slice of slicePods(podSlices)) yield* this.#askPart(scoped, { ...span, slice }, cost);
    scoped.slicing.learn(cost.touched, countWindows(span));
  }

  /** What is too large is halved, as often as it can be: first its time, so that the oldest still comes first. */
  async *#askPart(
    scoped: Scoped,
    part: Part,
    cost: { touched: number | undefined },
  ): AsyncGenerator<UsageSample[]> {
    const collector = createSampleCollector();
    try {
      const { samples } = await this.#client.ask(toQuestion(scoped, part), (series) => collector.add(series));
      if (samples.touched !== undefined) cost.touched = (cost.touched ?? 0) + samples.touched;
    } catch (error) {
      const halves = isTooLarge(error) ? halve(part) : undefined;
      if (halves === undefined) throw error;
      scoped.slicing.refused(countWindows(part));
      for (const half of halves) yield* this.#askPart(scoped, half, cost);
      return;
    }
    const samples = collector.samples();
    if (samples.length > 0) yield samples;
  }
}

const countWindows = ({ fromMs, toMs }: { fromMs: number; toMs: number }) =>
  (toMs - fromMs) / sampleWindowMs + 1;

function toQuestion({ known, scope }: Scoped, { fromMs, toMs, slice }: Part): Question {
  const promql = usageQuery(known, scope, slice);
  return fromMs === toMs
    ? { api: 'query', promql, atMs: toMs }
    : { api: 'query_range', promql, fromMs, toMs, stepMs: sampleWindowMs };
}

/** Undefined where it is as small as can be. */
function halve(part: Part): [Part, Part] | undefined {
  const { fromMs, toMs, slice } = part;
  if (fromMs < toMs) {
    const middleMs = fromMs + Math.floor((countWindows(part) - 1) / 2) * sampleWindowMs;
    return [
      { ...part, toMs: middleMs },
      { ...part, fromMs: middleMs + sampleWindowMs },
    ];
  }
  const halves = halveSlice(slice);
  return (
    halves && [
      { ...part, slice: halves[0] },
      { ...part, slice: halves[1] },
    ]
  );
}

/** How many series one question reads: memory twice, CPU as well (its rate, and how often it was scraped), rules of CPU once. */
function countSeriesAsked(known: KnownMetrics): number {
  const { cpu, cpuRule, olderCpuRule, memory, memoryRule } = usageMetrics;
  const raw = known.get(cpu);
  const ofCpu = raw === undefined ? (known.get(cpuRule) ?? known.get(olderCpuRule) ?? 0) : 2 * raw;
  return ofCpu + 2 * (known.get(memory) ?? known.get(memoryRule) ?? 0);
}

/** Whether a smaller question may be answered. */
function isTooLarge(error: unknown): boolean {
  if (!(error instanceof PrometheusError)) return false;
  if (error.code === 'PrometheusAnswerTooLarge') return true;
  return error.code === 'PrometheusRefused' && error.message.includes('too many samples');
}
