// Percentiles of a history against the raw samples they were made of.
import { expect } from 'chai';
import fc from 'fast-check';
import { bucketCount, bucketOf, millicoresOf } from '../../../src/sizing/history/buckets.ts';
import { loads, propertyRuns, shopKey, toSamples, toUsage } from '../measured.ts';
import { createUsageHistory } from '../../../src/sizing/usage-history.ts';
import type { UsageSample } from '../../../src/sizing/usage.ts';

/** As Prometheus' quantile_over_time computes it. */
function exactPercentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  const rank = share * (sorted.length - 1);
  const [lower = 0, upper = 0] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
  return lower + (upper - lower) * (rank - Math.floor(rank));
}

/** Within 2%; next to nothing (a tenth of a millicore) is not told from nothing. */
function expectWithinTwoPercent(found: number, truth: number): void {
  expect(Math.abs(found - truth), `${found} for ${truth}`).to.be.at.most(truth * 0.02 + 0.1);
}

const cpuOf = (samples: readonly UsageSample[]) => samples.map(({ cpuMillicores = 0 }) => cpuMillicores);

describe('percentiles of a history', () => {
  it('are within 2% of the truth for any samples, and peaks exact', () => {
    const cpu = fc.oneof(
      fc.double({ min: 0, max: 3, noNaN: true }),
      fc.double({ min: 0, max: 2000, noNaN: true }),
      fc.double({ min: 0, max: 500_000, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.array(cpu, { minLength: 1, maxLength: 600 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, share) => {
          const samples = toSamples(
            (at) => ({ cpu: values[at] ?? 0, memory: Math.round((values[at] ?? 0) * 1e6) }),
            {
              windows: values.length,
              pods: 1,
            },
          );
          const [usage] = toUsage(samples);
          expectWithinTwoPercent(usage!.cpuPercentile(share), exactPercentile(values, share));
          expect(usage!.cpuPeakMillicores).to.equal(Math.max(...values));
          expect(usage!.memoryPeakBytes).to.equal(
            Math.max(...values.map((value) => Math.round(value * 1e6))),
          );
        },
      ),
      propertyRuns,
    );
  });

  it('have a bucket for everything, whose value is within 1.5% of all that falls into it', () => {
    for (let millicores = 0.1; millicores < 1e7; millicores *= 1.003) {
      const bucket = bucketOf(millicores);
      expect(bucket).to.be.within(1, bucketCount - 1);
      expect(Math.abs(millicoresOf(bucket) / millicores - 1)).to.be.below(0.015);
    }
    expect([0, -1, NaN].map(bucketOf)).to.deep.equal([0, 0, 0]);
    expect(bucketOf(Infinity)).to.equal(bucketCount - 1);
  });

  it('hold for 500 workloads over a day, with restarts, rollouts, sidecars and what HA sends twice', () => {
    const history = createUsageHistory();
    const truths = Array.from({ length: 500 }, (_, index) => {
      const kinds = Object.values(loads(index));
      const load = kinds[index % kinds.length]!;
      const key = { ...shopKey, name: `app-${index}` };
      const samples = toSamples(
        (at, pod) => {
          const { cpu, memory } = load(at + index * 3, pod);
          return { cpu: cpu * (1 + index / 50), memory: memory + index * 4096 };
        },
        { windows: 288 },
      )
        // Halfway a rollout: other pods from here on. One window in fifty is lost to a restart.
        .map((sample, at) => (at >= 288 ? { ...sample, pod: `${sample.pod}-new` } : sample))
        .filter((_, at) => (at + index) % 50 !== 0);
      const beside = samples.map((sample) => ({
        ...sample,
        container: 'proxy',
        cpuMillicores: 3,
        memoryPeakBytes: 2 ** 25,
      }));
      history.record(key, [...samples, ...beside], 'prometheus');
      history.record(key, samples.toReversed(), 'prometheus');
      return { key, samples };
    });
    const nowMs = truths[0]!.samples.at(-1)!.atMs;
    for (const { key, samples } of truths) {
      const [proxy, usage] = history.usageOf(key, nowMs);
      expect(usage!.samples).to.equal(samples.length);
      for (const share of [0.5, 0.9, 0.95, 0.99])
        expectWithinTwoPercent(usage!.cpuPercentile(share), exactPercentile(cpuOf(samples), share));
      expect(usage!.cpuPeakMillicores).to.equal(Math.max(...cpuOf(samples)));
      expect(usage!.memoryPeakBytes).to.equal(Math.max(...samples.map((one) => one.memoryPeakBytes ?? 0)));
      expectWithinTwoPercent(proxy!.cpuPercentile(0.95), 3);
    }
  }).timeout(60_000);
});
