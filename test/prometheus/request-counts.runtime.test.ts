// Requests and samples, on a real Prometheus, for clusters of ten and of a thousand applications. Ten thousand are measured by test/long/prometheus-scale.ts.
import { expect } from 'chai';
import { createPrometheusClient } from '../../src/prometheus/client.ts';
import { createPrometheusUsage } from '../../src/prometheus/prometheus-usage.ts';
import type { UsageSample } from '../../src/sizing/usage.ts';
import { maxSamplesTouched } from '../../src/prometheus/slicing.ts';
import { isClusterRequired } from '../cluster/connection.ts';
import { measureRounds } from './count-requests.ts';
import { findPrometheus } from './start-prometheus.ts';
import { usePrometheus } from './use-prometheus.ts';
import { clusterSeries } from './whole-cluster.ts';

describe('measuring a cluster', function () {
  this.timeout(120_000);
  before(async function () {
    if ((await findPrometheus()) === undefined && !isClusterRequired(process.env)) this.skip();
  });

  for (const applications of [10, 1000]) {
    it(`of ${applications} applications takes two requests every five minutes, and a first one`, async () => {
      const { requests, mostSamplesTouched, samples, owners } = await measureRounds(
        { applications, pods: 2 },
        3,
      );
      expect(requests).to.deep.equal([3, 2, 2]);
      expect(mostSamplesTouched).to.be.greaterThan(0).and.lessThan(maxSamplesTouched);
      expect({ samples, owners }).to.deep.equal({ samples: applications * 4, owners: applications * 2 });
    });
  }
});

describe('a Prometheus that allows little', () => {
  const endMs = Date.UTC(2026, 10, 23, 12);
  const span = { fromMs: endMs - 3_600_000, toMs: endMs };
  const prometheus = usePrometheus(
    () => clusterSeries({ applications: 30, pods: 2 }, { ...span, everyMs: 30_000 }),
    { flags: ['--query.max-samples=1000'] },
  );

  it('is asked for less at once until it answers, and every window comes once, oldest first', async () => {
    const client = createPrometheusClient({ url: prometheus().url, now: Date.now });
    try {
      const usage = createPrometheusUsage(client);
      const latest = await usage.sample(endMs, { namespace: undefined });
      expect(latest).to.have.length(30 * 2 * 2);
      const seen = new Set<string>();
      let count = 0;
      let newestMs = 0;
      for await (const some of usage.history(
        { ...span, fromMs: span.fromMs + 300_000 },
        { namespace: undefined },
      )) {
        count += some.length;
        for (const sample of some) seen.add(idOf(sample));
        const oldestMs = Math.min(...some.map(({ atMs }) => atMs));
        expect(oldestMs).to.be.at.least(newestMs);
        newestMs = oldestMs;
      }
      expect([count, seen.size]).to.deep.equal([30 * 2 * 2 * 12, 30 * 2 * 2 * 12]);
    } finally {
      client.close();
    }
  });
});

const idOf = ({ namespace, pod, container, atMs }: UsageSample) => `${namespace}/${pod}/${container}/${atMs}`;
