// The order in which keys get their turn, against a model that is a list searched from end to end.
import { expect } from 'chai';
import fc from 'fast-check';
import { DelayHeap } from '../../../../operator/manager/queue/delay-heap.ts';
import { WaitingKeys } from '../../../../operator/manager/queue/waiting-keys.ts';

const keys = fc.constantFrom('a', 'b', 'c', 'shop/web', '__proto__', 'constructor', '');

describe('keys that wait', () => {
  it('come out of the heap by time, whatever was moved and taken out before', () => {
    const steps = fc.array(fc.tuple(keys, fc.option(fc.integer({ min: 0, max: 50 }))), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (done) => {
        const heap = new DelayHeap();
        const model = new Map<string, number>();
        for (const [key, at] of done) {
          if (at === null) {
            expect(heap.delete(key)).to.equal(model.delete(key));
          } else {
            heap.set(key, at);
            model.set(key, at);
          }
          expect(heap.nextAt()).to.equal(model.size === 0 ? undefined : Math.min(...model.values()));
        }
        const taken: number[] = [];
        for (let key = heap.takeDue(99); key !== undefined; key = heap.takeDue(99)) {
          taken.push(model.get(key) ?? NaN);
          model.delete(key);
        }
        expect(model.size).to.equal(0);
        expect(taken).to.deep.equal(taken.toSorted((one, other) => one - other));
      }),
    );
  });

  it('are neither lost nor doubled: each is taken once, not before its earliest time, at its highest priority', () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('add' as const),
        key: keys,
        priority: fc.constantFrom('change' as const, 'resync' as const),
        afterMs: fc.integer({ min: 0, max: 5 }),
      }),
      fc.record({ kind: fc.constant('take' as const), afterMs: fc.integer({ min: 0, max: 3 }) }),
      fc.record({ kind: fc.constant('delete' as const), key: keys }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const waiting = new WaitingKeys();
        const model = new Map<string, { readyAt: number; isChange: boolean }>();
        let now = 0;
        const take = () => {
          const turn = waiting.take(now);
          const due = [...model].filter(([, { readyAt }]) => readyAt <= now);
          if (turn === undefined) return void expect(due).to.deep.equal([]);
          const wanted = model.get(turn.key);
          expect(wanted?.readyAt).to.be.at.most(now);
          expect(turn.priority === 'change').to.equal(wanted?.isChange);
          model.delete(turn.key);
        };
        for (const done of steps) {
          if (done.kind === 'add') {
            const before = model.get(done.key);
            const isNew = waiting.add(
              done.key,
              { priority: done.priority, readyAt: now + done.afterMs },
              now,
            );
            expect(isNew).to.equal(before === undefined);
            model.set(done.key, {
              readyAt: Math.min(now + done.afterMs, before?.readyAt ?? Infinity),
              isChange: done.priority === 'change' || before?.isChange === true,
            });
          } else if (done.kind === 'delete') {
            expect(waiting.delete(done.key)).to.equal(model.delete(done.key));
          } else {
            now += done.afterMs;
            take();
          }
          expect(waiting.size).to.equal(model.size);
        }
        now += 100;
        while (model.size > 0) take();
        expect(waiting.take(now)).to.equal(undefined);
        expect(waiting.nextAt()).to.equal(undefined);
        expect(waiting.readyCount).to.equal(0);
      }),
      { numRuns: 500 },
    );
  });

  it('let a resync through after seven changes, so that a busy cluster does not starve it', () => {
    const waiting = new WaitingKeys();
    for (let index = 0; index < 20; index++)
      waiting.add(`change-${index}`, { priority: 'change', readyAt: 0 }, 0);
    waiting.add('resync', { priority: 'resync', readyAt: 0 }, 0);
    const order = Array.from({ length: 21 }, () => waiting.take(0)?.key);
    expect(order.indexOf('resync')).to.equal(7);
    expect(order.slice(0, 3)).to.deep.equal(['change-0', 'change-1', 'change-2']);
  });
});
