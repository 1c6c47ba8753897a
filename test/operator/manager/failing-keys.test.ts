// Keys that fail: tried again ever later, cut off when they hang, and nobody else's trouble.
import { expect } from 'chai';
import { NotLeading } from '../../../operator/manager/leadership.ts';
import { KubeError } from '../../../src/kube/kube-error.ts';
import { startQueue } from './start-queue.ts';

describe('the work queue, when keys fail,', () => {
  it('keeps a throw in one key from all others, and tries it again ever later', async () => {
    const at: number[] = [];
    const done: string[] = [];
    const { queue, clock, logger } = await startQueue((key) => {
      if (key !== 'shop/bad') return Promise.resolve(void done.push(key));
      at.push(clock.now());
      throw new Error('spec is odd');
    });
    for (const key of ['shop/bad', 'one', 'two']) queue.add(key);
    await clock.advance(100_000);
    expect(done).to.deep.equal(['one', 'two']);
    const pauses = at.slice(1).map((time, index) => time - (at[index] ?? 0));
    expect(pauses.slice(0, 9)).to.deep.equal([200, 400, 800, 1600, 3200, 6400, 12800, 25600, 30000]);
    expect(logger.lines[0]).to.deep.include({ level: 'error', message: 'Reconciliation failed' });
    expect(logger.lines[0]?.fields).to.include({ namespace: 'shop', name: 'bad', failures: 1 });
  });

  it('forgets failures after a success', async () => {
    let runs = 0;
    const { queue, clock, logger } = await startQueue(() => {
      runs += 1;
      if (runs !== 3) return Promise.reject(new Error('no'));
      return Promise.resolve(undefined);
    });
    queue.add('a');
    await clock.advance(10_000);
    queue.add('a');
    await clock.advance(10);
    expect(logger.lines.map(({ fields }) => fields['failures'])).to.deep.equal([1, 2, 1]);
  });

  it('waits as long as the server asks (A9)', async () => {
    const at: number[] = [];
    const { queue, clock } = await startQueue(() => {
      at.push(clock.now());
      const status = { kind: 'Status', apiVersion: 'v1', details: { retryAfterSeconds: 7 } } as const;
      return Promise.reject(new KubeError('TooManyRequests', 'slow down', { status }));
    });
    queue.add('a');
    await clock.advance(8000);
    expect(at).to.deep.equal([0, 7000]);
  });

  it('waits as long as a header asks that comes without a Status (A9)', async () => {
    const at: number[] = [];
    const { queue, clock } = await startQueue(() => {
      at.push(clock.now());
      return Promise.reject(new KubeError('TooManyRequests', 'slow down', { retryAfterMs: 7000 }));
    });
    queue.add('a');
    await clock.advance(8000);
    expect(at).to.deep.equal([0, 7000]);
  });

  it('goes on within five seconds of the return of a server that did not answer (A1)', async () => {
    let isDown = true;
    const done: number[] = [];
    const { queue, clock } = await startQueue(() => {
      if (isDown) return Promise.reject(new KubeError('Unreachable', 'connection refused', {}));
      return Promise.resolve(void done.push(clock.now()));
    });
    queue.add('a');
    await clock.advance(300_000);
    isDown = false;
    await clock.advance(5000);
    expect(done).to.have.length(1);
  });

  it('brings a failing key forward when it changes, but not at the rate of its changes', async () => {
    const at: number[] = [];
    const { queue, clock } = await startQueue(
      () => {
        at.push(clock.now());
        return Promise.reject(new Error('no'));
      },
      { backoff: { baseMs: 20_000, capMs: 20_000 } },
    );
    queue.add('a');
    for (let update = 0; update < 400; update++) {
      await clock.advance(10);
      queue.add('a');
    }
    expect(at).to.deep.equal([0, 1000, 2000, 3000, 4000]);
  });

  it('cuts a reconciliation off that never ends, tells it by its signal, and goes on with the others (B7)', async () => {
    const aborted: string[] = [];
    const done: string[] = [];
    const { queue, clock, logger, metrics } = await startQueue(
      (key, { signal }) => {
        if (key === 'ok') return Promise.resolve(void done.push(key));
        signal.addEventListener('abort', () => aborted.push(key));
        return new Promise(() => undefined);
      },
      { concurrency: 1, timeoutMs: 5000 },
    );
    queue.add('hangs');
    await clock.advance(10);
    queue.add('ok');
    await clock.advance(5989);
    expect([aborted, done]).to.deep.equal([['hangs'], []]);
    expect(await metrics.registry.metrics()).to.include(
      'workqueue_longest_running_processor_seconds{name="persona",controller="persona"} 5.99',
    );
    await clock.advance(10);
    expect(done).to.deep.equal(['ok']);
    expect(logger.lines.map(({ message }) => message)).to.deep.equal(['Reconciliation timed out']);
    expect(await metrics.registry.metrics()).to.include(
      'controller_runtime_reconcile_timeouts_total{controller="persona"} 1',
    );
  });

  it('takes the loss of the lease for no failure', async () => {
    const { queue, clock, logger, metrics } = await startQueue(() => Promise.reject(new NotLeading()));
    queue.add('a');
    await clock.advance(100_000);
    expect(logger.lines).to.deep.equal([]);
    expect(await metrics.registry.metrics()).to.not.include('controller_runtime_reconcile_total{');
  });
});
