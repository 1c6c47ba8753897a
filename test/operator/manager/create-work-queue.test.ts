// The queue: no key lost, none worked on twice at once, failures kept to themselves.
import { expect } from 'chai';
import fc from 'fast-check';
import { startQueue } from './start-queue.ts';

/** A leadership that tests give and take. */
function createSwitch(isLeader: boolean) {
  return { isLeader, requireLeading: () => new AbortController().signal, onAcquired: () => undefined };
}

describe('the work queue', () => {
  it('loses no key, works on none twice at once, and sees each one’s last state', async () => {
    const step = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__'),
      waitMs: fc.integer({ min: 0, max: 30 }),
      priority: fc.constantFrom('change' as const, 'resync' as const),
      afterMs: fc.constantFrom(0, 0, 10, 200),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 25 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
        async (steps, concurrency, workMs, failures) => {
          const desired = new Map<string, number>();
          const seen = new Map<string, number>();
          const busy = new Set<string>();
          let runs = 0;
          const { queue, clock } = await startQueue(
            async (key) => {
              expect(busy.has(key), `${key} twice at once`).to.equal(false);
              busy.add(key);
              expect(busy.size).to.be.at.most(concurrency);
              const state = desired.get(key);
              await clock.sleep(workMs);
              busy.delete(key);
              if (failures[runs++ % failures.length] === true && runs < 200) throw new Error('no');
              seen.set(key, state ?? -1);
              return undefined;
            },
            { concurrency, random: () => 0.5 },
          );
          for (const [index, { key, waitMs, priority, afterMs }] of steps.entries()) {
            desired.set(key, index);
            queue.add(key, { priority, afterMs });
            await clock.advance(waitMs);
          }
          await clock.advance(5_000_000);
          expect([...seen].toSorted()).to.deep.equal([...desired].toSorted());
        },
      ),
      { numRuns: 60 },
    );
  });

  it('coalesces a hundred updates a second of one key (B9)', async () => {
    let runs = 0;
    const { queue, clock } = await startQueue(async () => {
      runs += 1;
      await clock.sleep(100);
      return undefined;
    });
    for (let update = 0; update < 100; update++) {
      queue.add('hot');
      await clock.advance(10);
    }
    await clock.advance(1000);
    expect(runs).to.be.within(9, 12);
  });

  it('comes back when asked to, and does not take a loop for work', async () => {
    const at: number[] = [];
    const { queue, clock } = await startQueue((key) => {
      at.push(clock.now());
      return Promise.resolve({ requeueAfterMs: key === 'loop' ? 0 : 3000 });
    });
    queue.add('later');
    await clock.advance(6500);
    expect(at).to.deep.equal([0, 3000, 6000]);
    queue.forget('later');
    at.length = 0;
    queue.add('loop');
    await clock.advance(1000);
    expect(at.length).to.be.within(19, 21);
  });

  it('takes a forgotten key out, also one that is being worked on and fails', async () => {
    let runs = 0;
    const { queue, clock } = await startQueue(async () => {
      runs += 1;
      await clock.sleep(100);
      throw new Error('gone');
    });
    queue.add('a');
    await clock.advance(50);
    queue.add('a');
    queue.add('b', { afterMs: 100 });
    queue.forget('a');
    queue.forget('b');
    await clock.advance(100_000);
    expect(runs).to.equal(1);
  });

  it('takes no keys while another leads, and drops those that wait', async () => {
    const done: string[] = [];
    const leadership = createSwitch(false);
    const { queue, clock } = await startQueue((key) => Promise.resolve(void done.push(key)), { leadership });
    queue.add('early');
    leadership.isLeader = true;
    queue.add('a');
    queue.add('b', { afterMs: 1000 });
    await clock.advance(10);
    leadership.isLeader = false;
    await clock.advance(2000);
    expect(done).to.deep.equal(['a']);
  });

  it('stays closed until it may open', async () => {
    let isOpen = false;
    const done: string[] = [];
    const { queue, clock } = await startQueue((key) => Promise.resolve(void done.push(key)), {
      isOpen: () => isOpen,
    });
    queue.add('a');
    await clock.advance(5000);
    expect(done).to.deep.equal([]);
    isOpen = true;
    await clock.advance(30);
    expect(done).to.deep.equal(['a']);
  });

  it('finishes what it works on when it stops, and cuts off what does not finish', async () => {
    const done: string[] = [];
    const { queue, clock, logger } = await startQueue(async (key, { signal }) => {
      await (key === 'quick'
        ? clock.sleep(500)
        : new Promise((_, reject) => signal.addEventListener('abort', reject)));
      done.push(key);
      return undefined;
    });
    for (const key of ['quick', 'slow']) queue.add(key);
    await clock.advance(1);
    queue.add('quick');
    let hasStopped = false;
    const stopped = queue.stop().then(() => (hasStopped = true));
    await clock.advance(1490);
    expect({ done, hasStopped }).to.deep.equal({ done: ['quick'], hasStopped: false });
    await clock.advance(20);
    await stopped;
    queue.add('late');
    await clock.advance(1000);
    expect(done).to.deep.equal(['quick']);
    expect(logger.lines.filter(({ level }) => level !== 'debug')).to.deep.equal([]);
  });

  it('counts under controller-runtime’s names', async () => {
    const { queue, clock, metrics } = await startQueue(async (key) => {
      await clock.sleep(20);
      if (key === 'bad') throw new Error('no');
      return key === 'later' ? { requeueAfterMs: 1e9 } : undefined;
    });
    for (const key of ['a', 'bad', 'later']) queue.add(key);
    await clock.advance(100);
    const text = await metrics.registry.metrics();
    for (const line of [
      'workqueue_adds_total{name="persona",controller="persona"} 3',
      'workqueue_depth{name="persona",controller="persona"} 0',
      'workqueue_retries_total{name="persona",controller="persona"} 1',
      'workqueue_queue_duration_seconds_count{name="persona",controller="persona"} 3',
      'workqueue_work_duration_seconds_sum{name="persona",controller="persona"} 0.06',
      'controller_runtime_reconcile_total{controller="persona",result="success"} 1',
      'controller_runtime_reconcile_total{controller="persona",result="error"} 1',
      'controller_runtime_reconcile_total{controller="persona",result="requeue_after"} 1',
      'controller_runtime_reconcile_errors_total{controller="persona"} 1',
      'controller_runtime_active_workers{controller="persona"} 0',
      'controller_runtime_max_concurrent_reconciles{controller="persona"} 4',
    ])
      expect(text).to.include(line);
  });
});
