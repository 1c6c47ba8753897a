// Requests that come together are one call, and none comes sooner than the interval.
import { expect } from 'chai';
import { createPacer } from '../../../src/ui/live/pacer.ts';

function play() {
  let nowMs = 0;
  let timers: { atMs: number; call: () => void }[] = [];
  const calls: number[] = [];
  const clock = {
    now: () => nowMs,
    after: (delayMs: number, call: () => void) => {
      const timer = { atMs: nowMs + delayMs, call };
      timers.push(timer);
      return () => (timers = timers.filter((one) => one !== timer));
    },
  };
  const advance = (toMs: number) => {
    nowMs = toMs;
    for (const timer of timers.splice(0))
      if (timer.atMs <= nowMs) timer.call();
      else timers.push(timer);
  };
  return { calls, advance, pacer: createPacer(() => calls.push(nowMs), 50, clock) };
}

describe('a pacer', () => {
  it('calls at once, then collects', () => {
    const { calls, advance, pacer } = play();
    pacer.request();
    advance(10);
    for (let count = 0; count < 100; count += 1) pacer.request();
    advance(49);
    expect(calls).to.deep.equal([0]);
    advance(50);
    expect(calls).to.deep.equal([0, 50]);
    advance(200);
    pacer.request();
    expect(calls).to.deep.equal([0, 50, 200]);
  });

  it('calls nothing after it was stopped', () => {
    const { calls, advance, pacer } = play();
    pacer.request();
    pacer.request();
    pacer.stop();
    advance(1000);
    pacer.request();
    expect(calls).to.deep.equal([0]);
  });
});
