import { expect } from 'chai';
import {
  createReconnection,
  defaultReconnection,
  type NextStep,
  type Reconnection,
} from '../../../src/cluster/follow/stream/reconnection.ts';
import type { SessionEnd } from '../../../src/socket/session-end.ts';

/** Minutes and dice of tests: every pause is as long as it may be. */
function begin(): {
  reconnection: Reconnection;
  clock: { ms: number };
  end: (kind: SessionEnd['kind'], livedMs?: number) => NextStep;
} {
  const clock = { ms: 0 };
  const reconnection = createReconnection(defaultReconnection, { now: () => clock.ms, random: () => 1 });
  return {
    reconnection,
    clock,
    end: (kind, livedMs) => reconnection.ended({ end: { kind, reason: `it is ${kind}` }, livedMs }),
  };
}

describe('coming back to the stream', () => {
  it('watches the API server at once where there never was a stream', () => {
    const { end } = begin();
    expect(end('lost')).to.deep.equal({ pauseMs: 4000, isRefused: false, fallBack: 'it is lost' });
  });

  it('asks for the stream at longer and longer pauses meanwhile, and says nothing more', () => {
    const { end } = begin();
    end('refused');
    const steps = Array.from({ length: 5 }, () => end('refused'));
    expect(steps.map(({ pauseMs }) => pauseMs)).to.deep.equal([8000, 16_000, 30_000, 30_000, 30_000]);
    expect(steps.some(({ fallBack }) => fallBack !== undefined)).to.equal(false);
  });

  it('says that the stream is back once, and not that it is there for the first time', () => {
    const { reconnection, end } = begin();
    expect(reconnection.live()).to.deep.equal({ isNews: false });
    expect(end('lost', 60_000)).to.deep.equal({ pauseMs: 400, isRefused: false });
    expect(reconnection.live()).to.deep.equal({ isNews: true });
    expect(reconnection.live()).to.deep.equal({ isNews: false });
  });

  it('watches the API server when three seconds after a break there is none', () => {
    const { reconnection, clock, end } = begin();
    reconnection.live();
    end('lost', 60_000);
    clock.ms = 2999;
    expect(end('lost').fallBack).to.equal(undefined);
    clock.ms = 3000;
    expect(end('lost').fallBack).to.equal('it is lost');
  });

  it('takes one that breaks again and again for none, until it stays for a while', () => {
    const { reconnection, end } = begin();
    const flaps = Array.from({ length: 5 }, () => {
      reconnection.live();
      return end('lost', 100).fallBack !== undefined;
    });
    expect(flaps).to.deep.equal([false, false, false, true, true]);
    reconnection.live();
    expect(end('lost', 10_000)).to.deep.equal({ pauseMs: 400, isRefused: false });
  });

  it('comes back with other credentials once, without a word, and then believes that they are refused', () => {
    const { reconnection, end } = begin();
    reconnection.live();
    expect(end('expired', 60_000)).to.deep.equal({ pauseMs: 400, isRefused: true });
    expect(end('expired')).to.deep.include({ isRefused: true, fallBack: 'it is expired' });
    const other = begin();
    other.reconnection.live();
    other.end('expired', 60_000);
    expect(other.reconnection.live()).to.deep.equal({ isNews: false });
  });
});
