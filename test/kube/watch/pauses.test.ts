// How long a watch waits after which failure, at the longest: the dice always fall high here.
import { expect } from 'chai';
import type { EndingReason } from '../../../src/kube/watch/endings.ts';
import { createPauses } from '../../../src/kube/watch/pauses.ts';
import { createStreamOrder } from '../../../src/kube/watch/stream-order.ts';
import { defaultTuning } from '../../../src/kube/watch/tuning.ts';

const high = { ...defaultTuning, random: () => 1 };
const pausesAfter = (reasons: EndingReason[], livedMs = 0, tuning = high): number[] => {
  const pauses = createPauses(tuning);
  return reasons.map((reason) => pauses.after({ reason, retryAfterMs: undefined }, livedMs));
};

describe('the pause of a watch', () => {
  it('doubles from 0.2 s to 30 s while the server says no, with full jitter', () => {
    const errors = Array.from({ length: 10 }, (): EndingReason => 'error');
    expect(pausesAfter(errors)).to.deep.equal([
      200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000,
    ]);
    expect(pausesAfter(errors, 0, { ...high, random: () => 0 })).to.deep.equal(errors.map(() => 0));
  });

  it('stays so short while there is no connection that a return is seen within 5 s', () => {
    const pauses = pausesAfter(Array.from({ length: 30 }, () => 'unreachable'));
    expect(Math.max(...pauses)).to.be.below(5000);
  });

  it('grows to 30 s, and no further, while a permission or a kind is missing', () => {
    const pauses = pausesAfter(Array.from({ length: 30 }, () => 'refused'));
    expect(pauses[0]).to.equal(1000);
    expect(pauses.at(-1)).to.equal(30_000);
  });

  it('begins anew when a server is back, and after a stream that lived', () => {
    const [, , third] = pausesAfter(['unreachable', 'unreachable', 'error']);
    expect(third).to.equal(200);
    expect(pausesAfter(['eof', 'eof', 'eof'], 300_000)).to.deep.equal([200, 200, 200]);
  });

  it('is none before the list that a 410 asks for, unless that comes again', () => {
    expect(pausesAfter(['expired', 'expired', 'expired'])).to.deep.equal([0, 400, 800]);
  });

  it('is never shorter than Retry-After, spread by a quarter, and not for ever', () => {
    const pauses = createPauses(high);
    expect(pauses.after({ reason: 'error', retryAfterMs: 8000 }, 0)).to.equal(10_000);
    expect(pauses.after({ reason: 'error', retryAfterMs: 1e12 }, 0)).to.equal(375_000);
  });
});

describe('the order of a watch', () => {
  const cases: Record<string, [last: string, next: string, isBackward: boolean]> = {
    'goes on with a higher number': ['9', '10', false],
    'allows the same again': ['10', '10', false],
    'notices a lower number': ['10', '9', true],
    'compares numbers beyond 2^53': ['9007199254740993', '9007199254740992', true],
    'takes versions that are no numbers as they come': ['b', 'a', false],
  };
  for (const [title, [last, next, isBackward]] of Object.entries(cases))
    it(title, () => {
      const order = createStreamOrder();
      expect(order.isBackward(last)).to.equal(false);
      order.advance(last);
      expect(order.isBackward(next)).to.equal(isBackward);
      order.lose();
      expect(order.resourceVersion).to.equal(undefined);
    });
});
