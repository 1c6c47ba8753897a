// What a history keeps, for how long, and what offering samples again or in another order does to it.
import { expect } from 'chai';
import fc from 'fast-check';
import { createUsageHistory } from '../../../src/sizing/usage-history.ts';
import type { UsageHistory } from '../../../src/sizing/usage-history.ts';
import type { UsageSample } from '../../../src/sizing/usage.ts';
import { loads, mebibyte, mondayMs, propertyRuns, shopKey, steady, toSamples } from '../measured.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

function recorded(samples: readonly UsageSample[]): UsageHistory {
  const history = createUsageHistory();
  history.record(shopKey, samples, 'prometheus');
  return history;
}

const bytesOf = (history: UsageHistory) =>
  history.encode().map((chunk) => Buffer.from(chunk).toString('hex'));

describe('a history of use', () => {
  it('is the same whatever the order of the samples, and however often they come', () => {
    const samples = toSamples(loads(7).diurnal, { windows: 700, pods: 3 }).filter((_, at) => at % 37 === 0);
    const expected = bytesOf(recorded(samples));
    const nowMs = mondayMs + 3 * dayMs;
    const baseline = recorded(samples).baselineOf(shopKey, nowMs);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(samples, { minLength: samples.length }),
        fc.subarray(samples),
        (shuffled, again) => {
          const history = recorded([...again, ...shuffled, ...again]);
          expect(bytesOf(history)).to.deep.equal(expected);
          expect(history.baselineOf(shopKey, nowMs)).to.deep.equal(baseline);
        },
      ),
      propertyRuns,
    );
  });

  it('does not count again what a checkpoint holds when a back-fill overlaps it', () => {
    const samples = toSamples(loads(3).bursty, { windows: 3 * 288 });
    const half = recorded(samples.slice(0, samples.length / 2));
    const restarted = createUsageHistory();
    restarted.decode(half.encode());
    restarted.record(shopKey, samples, 'prometheus');
    expect(bytesOf(restarted)).to.deep.equal(bytesOf(recorded(samples)));
  });

  it('still knows Monday on the Sunday after, and no longer on the Tuesday after that', () => {
    const monday = toSamples(steady(900, 500 * mebibyte), { windows: 288 });
    const rest = toSamples(steady(100, 200 * mebibyte), { windows: 8 * 288, fromMs: mondayMs + dayMs });
    const at = (days: number) =>
      recorded([...monday, ...rest.filter(({ atMs }) => atMs <= mondayMs + days * dayMs)]).usageOf(
        shopKey,
        mondayMs + days * dayMs,
      )[0]!;
    expect(at(7).cpuPeakMillicores).to.equal(900);
    expect(at(7).days).to.equal(7);
    expect(at(7.5).memoryPeakBytes).to.equal(500 * mebibyte);
    expect(at(9).cpuPeakMillicores).to.equal(100);
    expect(at(9).days).to.equal(8);
  });

  it('lets days go by themselves when nothing more comes', () => {
    const history = recorded(toSamples(steady(100, mebibyte), { windows: 288 }));
    expect(history.usageOf(shopKey, mondayMs + 7 * dayMs)).to.have.length(1);
    expect(history.usageOf(shopKey, mondayMs + 10 * dayMs)).to.deep.equal([]);
  });

  it('counts days without their gaps, and windows of all pods', () => {
    const samples = toSamples(steady(100, mebibyte), { windows: 576 }).filter(
      ({ atMs }) => atMs <= mondayMs + 6 * hourMs || atMs > mondayMs + 36 * hourMs,
    );
    const [usage] = recorded(samples).usageOf(shopKey, mondayMs + 2 * dayMs);
    expect(usage).to.include({
      days: 0.75,
      samples: 2 * 216,
      fromMs: mondayMs + 300_000,
      toMs: mondayMs + 2 * dayMs,
    });
  });

  it('leaves out what is not measured, negative or no number', () => {
    const [sample] = toSamples(steady(100, mebibyte), { windows: 1, pods: 1 });
    const history = recorded([
      { ...sample!, cpuMillicores: NaN, memoryPeakBytes: -1, memoryAverageBytes: undefined },
      { ...sample!, atMs: NaN },
      { ...sample!, atMs: -5 },
      { ...sample!, cpuMillicores: undefined, memoryPeakBytes: 5 },
    ]);
    const [usage] = history.usageOf(shopKey, mondayMs + hourMs);
    expect(usage).to.include({ samples: 1, cpuPeakMillicores: 0, memoryPeakBytes: 5 });
    expect(usage!.cpuPercentile(0.95)).to.equal(0);
  });

  it('says what a pod used in the last hour: containers summed, the mean of pods, the largest pod', () => {
    const shop = toSamples(
      (at, pod) => ({ cpu: 100 + 100 * pod, memory: (at === 23 ? 120 : 100) * mebibyte }),
      { windows: 24 },
    );
    const proxy = toSamples(steady(10, 20 * mebibyte), { windows: 24, container: 'proxy' });
    const history = recorded([...shop, ...proxy]);
    expect(history.baselineOf(shopKey, mondayMs + 2 * hourMs)).to.deep.equal({
      avgCpuMillicores: 160,
      peakCpuMillicores: 210,
      avgMemoryBytes: ((100 * 11 + 120) / 12 + 20) * 0.9 * mebibyte,
      peakMemoryBytes: 140 * mebibyte,
      windowEndMs: mondayMs + 2 * hourMs,
    });
    expect(history.baselineOf(shopKey, mondayMs + 4 * hourMs)).to.equal(undefined);
    expect(history.baselineOf({ ...shopKey, name: 'other' }, mondayMs)).to.equal(undefined);
  });

  it('has the peaks of each two hours of the last day', () => {
    const samples = toSamples((at) => ({ cpu: at, memory: at * mebibyte }), { windows: 288 + 24, pods: 1 });
    const [usage] = recorded(samples).usageOf(shopKey, mondayMs + 26 * hourMs);
    expect(usage!.cpuTrend).to.deep.equal(Array.from({ length: 12 }, (_, slot) => (slot + 2) * 24 - 1));
    const [later] = recorded(samples).usageOf(shopKey, mondayMs + 30 * hourMs);
    expect(later!.memoryTrend.slice(-3)).to.deep.equal([311 * mebibyte, undefined, undefined]);
  });

  it('tells workloads apart whatever they are called, and forgets those it is told to', () => {
    const history = createUsageHistory();
    const keys = ['__proto__', 'constructor', '\u202eevil', 'a'].map((name) => ({ ...shopKey, name }));
    for (const key of keys) history.record(key, toSamples(steady(1, 1), { windows: 1 }), 'metrics-api');
    expect([...history.keys()]).to.deep.equal(keys);
    expect(history.usageOf(keys[0]!, mondayMs + hourMs)[0]).to.include({ source: 'metrics-api', samples: 2 });
    history.forget(keys.slice(1));
    expect([...history.keys()]).to.deep.equal(keys.slice(0, 1));
  });

  it('stays bounded when pods and containers come without end', () => {
    const history = createUsageHistory();
    const [sample] = toSamples(steady(100, mebibyte), { windows: 1, pods: 1 });
    const many = Array.from({ length: 5000 }, (_, index) => ({
      ...sample!,
      pod: `pod-${index}`,
      container: `c-${index % 300}`,
    }));
    history.record(shopKey, many, 'prometheus');
    expect(history.usageOf(shopKey, mondayMs + hourMs)).to.have.length(100);
    history.record(
      shopKey,
      many.map((one) => ({ ...one, container: 'c-0' })),
      'prometheus',
    );
    expect(
      history.usageOf(shopKey, mondayMs + hourMs).find(({ container }) => container === 'c-0')!.samples,
    ).to.equal(2000);
  });
});
