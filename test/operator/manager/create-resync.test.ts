// The resync: all keys, evenly over a round.
import { expect } from 'chai';
import { createResync } from '../../../operator/manager/create-resync.ts';
import { FakeClock } from './fake-clock.ts';

describe('resync', () => {
  it('hands every key out once a round of 54 to 66 s, evenly, and follows the map', async () => {
    const clock = new FakeClock();
    const keys = new Map(Array.from({ length: 1000 }, (_, index) => [`k${index}`, true]));
    const at = new Map<string, number[]>();
    let busiestMs = 0;
    const perMs = new Map<number, number>();
    const queue = {
      add: (key: string, { priority }: { priority?: string } = {}) => {
        expect(priority).to.equal('resync');
        at.set(key, [...(at.get(key) ?? []), clock.now()]);
        perMs.set(clock.now(), (perMs.get(clock.now()) ?? 0) + 1);
        busiestMs = Math.max(busiestMs, perMs.get(clock.now()) ?? 0);
      },
    };
    const resync = createResync(queue, { keys: () => keys, intervalMs: 60_000, clock, random: () => 0 });
    await resync.start();
    await clock.advance(54_100);
    expect([...at.values()].filter((times) => times.length === 1)).to.have.length(1000);
    keys.delete('k999');
    keys.set('new', true);
    await clock.advance(54_500);
    await resync.stop();
    expect(at.get('k999')).to.have.length(1);
    expect(at.get('new')).to.have.length(1);
    expect([...at.values()].filter((times) => times.length >= 2).length).to.equal(999);
    expect(busiestMs).to.be.at.most(10);
    await clock.advance(200_000);
    expect(at.get('new')).to.have.length(1);
  });
});
