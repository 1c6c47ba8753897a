// Each fault of naive queries on a real Prometheus: its number, ours, and the truth.
import { expect } from 'chai';
import { createPrometheusClient, type PrometheusClient } from '../../src/prometheus/client.ts';
import { createPrometheusUsage } from '../../src/prometheus/prometheus-usage.ts';
import type { PrometheusUsage } from '../../src/prometheus/usage-source.ts';
import type { UsageHistory } from '../../src/sizing/usage-history.ts';
import { cpuSeries, memorySeries, type Scrapes } from './container-series.ts';
import { learn } from './learn.ts';
import { hourMs, naiveFaults, nowMs, type NaiveFault } from './naive-faults.ts';
import { usePrometheus } from './use-prometheus.ts';

const span = { fromMs: nowMs - hourMs + 300_000, toMs: nowMs };

/** What we say. */
function figureOf(history: UsageHistory, namespace: string, fault: NaiveFault): number | undefined {
  const key = { namespace, kind: 'Deployment', name: fault.deployment };
  const baseline = history.baselineOf(key, nowMs);
  const usage = history.usageOf(key, nowMs).find(({ container }) => container === fault.container);
  const bytes = fault.container === undefined ? baseline?.peakMemoryBytes : usage?.memoryPeakBytes;
  if (fault.figure === 'memoryPeak') return bytes === undefined ? undefined : bytes / 2 ** 20;
  return fault.figure === 'cpuPeak' ? usage?.cpuPeakMillicores : baseline?.avgCpuMillicores;
}

describe('what naive queries get wrong', () => {
  const scrapes: Scrapes = { fromMs: nowMs - hourMs, toMs: nowMs, everyMs: 30_000 };
  const stranger = { namespace: 'stranger', pod: 'stranger-0', container: 'app' };
  const prometheus = usePrometheus(() => [
    ...Object.values(naiveFaults).flatMap(({ series }) => series),
    memorySeries(stranger, scrapes, () => 4 * 2 ** 30),
    cpuSeries(stranger, scrapes, () => 4),
  ]);
  let client: PrometheusClient | undefined;
  let usage: PrometheusUsage;
  let history: UsageHistory;
  before('all of it is learnt at once, as from any cluster', async () => {
    client = createPrometheusClient({ url: prometheus().url, now: Date.now });
    usage = createPrometheusUsage(client);
    history = await learn(usage, span);
  });
  after(() => client?.close());

  /** The one number that a query gives. */
  async function ask(promql: string): Promise<number | undefined> {
    const values: number[] = [];
    await client?.ask({ api: 'query', promql, atMs: nowMs }, ({ points }) => {
      values.push(...points.map(({ value }) => value));
    });
    expect(values, promql).to.have.length.at.most(1);
    return values[0];
  }

  for (const [what, fault] of Object.entries(naiveFaults)) {
    it(`${what}: ${fault.naive}, and we say ${fault.truth}`, async () => {
      const namespace = fault.series[0]?.labels['namespace'] ?? '';
      const naive = await ask(fault.naiveQuery);
      const ours = figureOf(history, namespace, fault);
      const says = JSON.stringify({ naive, ours, truth: fault.truth });
      expect(naive, says).to.be.closeTo(fault.naive, fault.naive * 0.03);
      expect(ours, says).to.be.closeTo(fault.truth, fault.truth * 0.01);
      expect(Math.abs((naive ?? 0) - fault.truth), says).to.be.greaterThan(fault.truth * 0.1);
    });
  }

  it('a name that is pasted into PromQL reads what belongs to others, and ours reads nothing', async () => {
    const name = 'nowhere"} or container_memory_working_set_bytes{namespace="stranger';
    expect(await ask(`max(container_memory_working_set_bytes{namespace="${name}"})`)).to.equal(4 * 2 ** 30);
    for (const namespace of [name, '.*', 'strange.', '"', '\\', '\n', '{}', '\u202e', '__proto__', '\ud800'])
      expect(await usage.sample(nowMs, { namespace }), namespace).to.deep.equal([]);
    expect(await usage.sample(nowMs, { namespace: 'stranger' })).to.have.length(1);
  });
});
