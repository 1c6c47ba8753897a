// Which windows have been asked for.
import { expect } from 'chai';
import fc from 'fast-check';
import { Coverage, keptMs, newestWindowEnd } from '../../../operator/sampler/coverage.ts';
import { sampleWindowMs } from '../../../src/sizing/usage.ts';

const nowEnd = 5_000_000 * sampleWindowMs;

describe('coverage', () => {
  it('finds every missing window of eight days once, the newest first, whatever was there before', () => {
    const windows = keptMs / sampleWindowMs;
    const spans = fc.array(fc.tuple(fc.nat(windows), fc.integer({ min: 1, max: 400 })), { maxLength: 8 });
    fc.assert(
      fc.property(spans, fc.integer({ min: 1, max: 288 }), (before, most) => {
        const coverage = new Coverage();
        for (const [back, count] of before) {
          const toMs = nowEnd - back * sampleWindowMs;
          coverage.add({ fromMs: toMs - count * sampleWindowMs, toMs });
        }
        const known = Array.from({ length: windows }, (_, at) => coverage.has(nowEnd - at * sampleWindowMs));
        let found = 0;
        let lastMs = Infinity;
        for (;;) {
          const gap = coverage.findNewestGap(nowEnd, most);
          if (gap === undefined) break;
          expect(gap.toMs).to.be.at.most(lastMs);
          expect(gap.toMs - gap.fromMs).to.be.within(sampleWindowMs, most * sampleWindowMs);
          lastMs = gap.fromMs;
          found += (gap.toMs - gap.fromMs) / sampleWindowMs;
          coverage.add(gap);
        }
        expect(found).to.equal(known.filter((isKnown) => !isKnown).length);
      }),
      { numRuns: 40 },
    );
  });

  it('comes back from its text, and takes no text of others for windows', () => {
    const coverage = new Coverage();
    coverage.add({ fromMs: nowEnd - 5 * sampleWindowMs, toMs: nowEnd });
    coverage.add({ fromMs: nowEnd - 20 * sampleWindowMs, toMs: nowEnd - 12 * sampleWindowMs });
    expect(Coverage.parse(coverage.toText()).toText()).to.equal(coverage.toText());
    expect(coverage.toText()).to.equal('4999980-4999988,4999995-5000000');
    for (const text of ['', '1', 'a-b', '1-999999999', '-', '5-1', '__proto__', '1-2-3'])
      expect(Coverage.parse(text).size, text).to.equal(0);
  });

  it('has windows at whole five minutes, some time after they are over', () => {
    expect(newestWindowEnd(nowEnd + 29_999, 30_000)).to.equal(nowEnd - sampleWindowMs);
    expect(newestWindowEnd(nowEnd + 30_000, 30_000)).to.equal(nowEnd);
  });
});
