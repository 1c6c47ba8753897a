// `node test/long/prometheus-day.ts [WORKLOADS]`: a made-up day in a real Prometheus, learnt as the operator does, held against the truth. Fails where a
// peak is not exact or a percentile is more than 2% off. Peaks of CPU in windows with a restart, or cut by a pod's beginning or end, can only be
// estimated: what is used after the last scrape is in no sample. They are printed apart.
import { createPrometheusClient } from '../../src/prometheus/client.ts';
import type { SentRequest } from '../../src/prometheus/client-options.ts';
import { createPrometheusUsage } from '../../src/prometheus/prometheus-usage.ts';
import { createDay, daySeries, quantile, truthOf } from '../prometheus/day-of-load.ts';
import { learn } from '../prometheus/learn.ts';
import { startPrometheus } from '../prometheus/start-prometheus.ts';

const workloads = Number(process.argv[2] ?? 500);
const [fromMs, everyMs, windowMs] = [Date.UTC(2026, 10, 22), 30_000, 300_000];
const toMs = fromMs + 24 * 3_600_000 - windowMs;
const options = { workloads, fromMs, toMs, everyMs };
const shares = [0.5, 0.9, 0.95, 0.99];

/** How far off each of many figures is, as shares of the truth. */
class Errors {
  readonly #name: string;
  readonly #errors: number[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  add(ours: number, truth: number): void {
    this.#errors.push(Math.abs(ours - truth) / truth);
  }

  worst = (): number => Math.max(0, ...this.#errors);

  print(): void {
    const sorted = this.#errors.toSorted((one, other) => one - other);
    const percent = (share: number) => `${(share * 100).toFixed(3)}%`;
    const exact = sorted.filter((error) => error < 1e-9).length;
    console.log(
      `${this.#name}: ${sorted.length} figures, ${exact} exact, median error ${percent(quantile(sorted, 0.5))}, worst ${percent(this.worst())}`,
    );
  }
}

const day = createDay(options);
const began = performance.now();
const since = () => `${((performance.now() - began) / 1000).toFixed(0)} s`;
const prometheus = await startPrometheus(daySeries(day, options));
console.log(`${workloads} workloads of a day are in Prometheus after ${since()}`);
const sent: SentRequest[] = [];
const client = createPrometheusClient({
  url: prometheus.url,
  now: Date.now,
  timeoutMs: 300_000,
  onSent: (one) => sent.push(one),
});
try {
  const history = await learn(createPrometheusUsage(client), { fromMs: fromMs + windowMs, toMs });
  const touched = Math.max(...sent.map(({ samples = 0 }) => samples));
  console.log(
    `learnt after ${since()}: ${sent.length} requests, at most ${touched} samples touched by one, answers up to ${(Math.max(...sent.map(({ bytes }) => bytes)) / 2 ** 20).toFixed(1)} MiB, peak RSS ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
  );
  const memoryPeaks = new Errors('memory peaks');
  const memoryPercentiles = new Errors('p95 of memory peaks');
  const cpuPeaks = new Errors('CPU peaks');
  const estimatedPeaks = new Errors('CPU peaks in windows that hold a restart, a beginning or an end');
  const percentilesOf = (what: string) =>
    shares.map((share) => [share, new Errors(`CPU p${share * 100}${what}`)] as const);
  const percentiles = percentilesOf('');
  const doubledPercentiles = percentilesOf(' of what was scraped twice, half an interval apart');
  for (const workload of day)
    for (const name of new Set(
      workload.pods.flatMap(({ containers }) => containers.map((one) => one.name)),
    )) {
      const key = { namespace: workload.namespace, kind: 'Deployment', name: workload.name };
      const usage = history.usageOf(key, toMs).find(({ container }) => container === name);
      if (usage === undefined) throw new Error(`nothing is known of ${workload.name} ${name}`);
      const truth = truthOf(workload, name, windowMs / everyMs);
      memoryPeaks.add(usage.memoryPeakBytes, truth.memoryPeak);
      memoryPercentiles.add(usage.memoryPercentile(0.95), quantile(truth.memoryPeaks, 0.95));
      (truth.isPeakWhole ? cpuPeaks : estimatedPeaks).add(usage.cpuPeakMillicores, truth.cpu.at(-1) ?? 0);
      for (const [share, errors] of workload.isDoubled ? doubledPercentiles : percentiles)
        errors.add(usage.cpuPercentile(share), quantile(truth.cpu, share));
    }
  const allPercentiles = [...percentiles, ...doubledPercentiles].map(([, errors]) => errors);
  for (const errors of [memoryPeaks, memoryPercentiles, cpuPeaks, estimatedPeaks, ...allPercentiles])
    errors.print();
  const isTrue =
    [memoryPeaks, memoryPercentiles, cpuPeaks].every((errors) => errors.worst() < 1e-9) &&
    allPercentiles.every((errors) => errors.worst() < 0.02);
  console.log(isTrue ? 'peaks are exact, percentiles within 2%' : 'NOT within the limits');
  process.exitCode = isTrue ? 0 : 1;
} finally {
  client.close();
  await prometheus.stop();
}
