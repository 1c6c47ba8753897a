// When things are looked at and tried again.
import { expect } from 'chai';
import { PassLoop } from '../../../operator/certificates/pass-loop.ts';
import { Patience, type Attempt } from '../../../operator/certificates/patience.ts';
import { FakeClock } from '../manager/fake-clock.ts';

describe('the pause after a try', () => {
  const play = (attempt: Attempt, random: number) => {
    const clock = new FakeClock();
    const patience = new Patience({ clock, random: () => random });
    const pauses: number[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      expect(patience.isReady).to.equal(true);
      patience.tried(attempt);
      const startedAt = clock.time;
      while (!patience.isReady) clock.time += 25;
      pauses.push(clock.time - startedAt);
    }
    return { pauses, patience, clock };
  };

  it('doubles up to five seconds for what fails, to thirty for what is refused', () => {
    expect(play('failed', 1).pauses.slice(0, 7)).to.deep.equal([100, 200, 400, 800, 1600, 3200, 5000]);
    expect(play('failed', 1).pauses.at(-1)).to.equal(5000);
    expect(play('refused', 1).pauses.at(-1)).to.equal(30_000);
  });

  it('is as little as half of that, by chance', () => {
    expect(play('refused', 0).pauses.at(-1)).to.equal(15_000);
  });

  it('is short again after a calm half minute', () => {
    const { patience, clock } = play('done', 1);
    clock.time += 31_000;
    patience.tried('done');
    clock.time += 100;
    expect(patience.isReady).to.equal(true);
  });
});

describe('looking now and then', () => {
  const create = () => {
    const clock = new FakeClock();
    const looks: { at: number; end: () => void }[] = [];
    const pass = () =>
      new Promise<void>((done) => {
        looks.push({ at: clock.time, end: done });
      });
    return { clock, looks, loop: new PassLoop({ clock, everyMs: 2000, pass }) };
  };

  it('happens at the start and after each pause, which begins when a look ends', async () => {
    const { clock, looks, loop } = create();
    loop.start();
    await clock.advance(5000);
    expect(looks).to.have.length(1);
    looks[0]?.end();
    await clock.advance(2500);
    expect(looks.map(({ at }) => at)).to.deep.equal([0, 7000]);
  });

  it('happens once for many changes, and once more for those that come while it lasts', async () => {
    const { clock, looks, loop } = create();
    for (let turn = 0; turn < 5; turn += 1) loop.wake();
    loop.start();
    for (let turn = 0; turn < 5; turn += 1) loop.wake();
    await clock.settle();
    expect(looks).to.have.length(1);
    for (let turn = 0; turn < 5; turn += 1) loop.wake();
    looks[0]?.end();
    await clock.settle();
    expect(looks).to.have.length(2);
  });

  it('ends with the look that is under way', async () => {
    const { clock, looks, loop } = create();
    loop.start();
    await clock.settle();
    let isStopped = false;
    const stopping = loop.stop().then(() => (isStopped = true));
    await clock.settle();
    expect(isStopped).to.equal(false);
    looks[0]?.end();
    await stopping;
    loop.wake();
    await clock.advance(10_000);
    expect(looks).to.have.length(1);
  });
});
