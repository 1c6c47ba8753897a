// Who leads: never two at once, soon another when one is gone, and by no machine's wall clock.
import { expect } from 'chai';
import fc from 'fast-check';
import type { Clock } from '../../../operator/manager/clock.ts';
import { createLease, createSoleLeadership } from '../../../operator/manager/create-lease.ts';
import { createLeaderClient } from '../../../operator/manager/create-leader-client.ts';
import { NotLeading } from '../../../operator/manager/leadership.ts';
import { createMetrics } from '../../../operator/manager/metrics.ts';
import type { KubeClient } from '../../../src/kube/client.ts';
import { noClient } from './caches/fake-reflector.ts';
import { FakeClock } from './fake-clock.ts';
import { LeaseServer, type Weather } from './lease-server.ts';
import { createMemoryLogger } from './memory-logger.ts';

/** A process that can be stopped as by SIGSTOP: time goes on, its timers do not. */
class Process implements Clock {
  isStopped = false;
  readonly #due: (() => void)[] = [];
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  setTimer(callback: () => void, delayMs: number): () => void {
    let isCancelled = false;
    const cancel = this.#clock.setTimer(() => {
      if (this.isStopped) this.#due.push(() => (isCancelled ? undefined : callback()));
      else callback();
    }, delayMs);
    return () => {
      isCancelled = true;
      cancel();
    };
  }

  defer(callback: () => void): void {
    this.#clock.defer(callback);
  }

  resume(): void {
    this.isStopped = false;
    for (const callback of this.#due.splice(0)) callback();
  }
}

function createWorld() {
  const clock = new FakeClock();
  const server = new LeaseServer(clock);
  const join = (identity: string, weather?: () => Weather, wallClockOffMs = 0) => {
    const own = new Process(clock);
    const logger = createMemoryLogger();
    const metrics = createMetrics();
    const lease = createLease({
      client: server.connect(weather),
      namespace: 'dorgu-system',
      identity,
      logger,
      metrics,
      clock: own,
      now: () => Date.UTC(2026, 0, 1) + clock.now() + wallClockOffMs,
      random: () => 0.99,
    });
    return { lease, process: own, logger, metrics };
  };
  return { clock, server, join };
}

describe('the Lease', () => {
  it('makes the first one lead, and says so', async () => {
    const { clock, server, join } = createWorld();
    const { lease, metrics } = join('a');
    let acquired = 0;
    lease.onAcquired(() => (acquired += 1));
    expect(() => lease.requireLeading()).to.throw(NotLeading);
    await lease.start();
    await clock.advance(100);
    expect([lease.isLeader, acquired, lease.requireLeading().aborted]).to.deep.equal([true, 1, false]);
    lease.onAcquired(() => (acquired += 1));
    expect(acquired).to.equal(2);
    expect(await metrics.registry.metrics()).to.include(
      'leader_election_master_status{name="dorgu-operator"} 1',
    );
    expect(server.lease?.spec).to.deep.equal({
      holderIdentity: 'a',
      leaseDurationSeconds: 15,
      leaseTransitions: 1,
      acquireTime: '2026-01-01T00:00:00.003000Z',
      renewTime: '2026-01-01T00:00:00.003000Z',
    });
    await clock.advance(60_000);
    expect(server.lease?.spec).to.include({
      leaseTransitions: 1,
      acquireTime: '2026-01-01T00:00:00.003000Z',
    });
    expect(server.writes.length).to.be.within(29, 32);
  });

  it('goes on within two seconds when the leader stops', async () => {
    const { clock, server, join } = createWorld();
    const [first, second] = [join('a'), join('b')];
    await first.lease.start();
    await clock.advance(100);
    await second.lease.start();
    await clock.advance(30_000);
    expect([first.lease.isLeader, second.lease.isLeader]).to.deep.equal([true, false]);
    const leading = first.lease.requireLeading();
    const stopped = first.lease.stop();
    await clock.advance(10);
    await stopped;
    expect([leading.aborted, first.lease.isLeader, server.lease?.spec?.holderIdentity]).to.deep.equal([
      true,
      false,
      undefined,
    ]);
    await clock.advance(1990);
    expect(second.lease.isLeader).to.equal(true);
  });

  it('goes on after fifteen seconds without a sign, whatever the clocks say (A10)', async () => {
    const { clock, join } = createWorld();
    const first = join('a', undefined, -600_000);
    const second = join('b', undefined, 600_000);
    await first.lease.start();
    await clock.advance(100);
    await second.lease.start();
    await clock.advance(20_000);
    expect(second.lease.isLeader).to.equal(false);
    first.process.isStopped = true;
    await clock.advance(12_000);
    expect(second.lease.isLeader).to.equal(false);
    await clock.advance(6000);
    expect(second.lease.isLeader).to.equal(true);
  });

  it('lets nobody write who was stopped for forty seconds, from the first moment on (C1)', async () => {
    const { clock, server, join } = createWorld();
    const [first, second] = [join('a'), join('b')];
    await first.lease.start();
    await clock.advance(100);
    await second.lease.start();
    await clock.advance(5000);
    const written: string[] = [];
    const writes: KubeClient = {
      ...server.connect(),
      request: ({ path }) => Promise.reject(new Error(String(written.push(path)))),
    };
    const client = createLeaderClient({ reads: noClient, writes }, first.lease);
    first.process.isStopped = true;
    await clock.advance(40_000);
    expect(second.lease.isLeader).to.equal(true);
    // What runs before any timer does: an answer that had arrived.
    first.process.isStopped = false;
    const refused = await client.request({ method: 'PATCH', path: '/x' }).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(NotLeading);
    expect(written).to.deep.equal([]);
    first.process.resume();
    await clock.advance(10_000);
    expect([first.lease.isLeader, second.lease.isLeader]).to.deep.equal([false, true]);
  });

  it('ends at once when another has taken it', async () => {
    const { clock, server, join } = createWorld();
    const { lease, logger } = join('a');
    await lease.start();
    await clock.advance(3000);
    const leading = lease.requireLeading();
    server.steal('thief');
    await clock.advance(2100);
    expect([lease.isLeader, leading.aborted]).to.deep.equal([false, true]);
    expect(logger.lines.at(-1)?.fields['reason']).to.equal('thief holds the Lease');
    expect(server.lease?.spec?.holderIdentity).to.equal('thief');
    await clock.advance(17_000);
    expect([lease.isLeader, lease.requireLeading().aborted]).to.deep.equal([true, false]);
  });

  it('cuts off writes that are on their way when the lead ends', async () => {
    const { clock, server, join } = createWorld();
    let weather: Weather = 'fine';
    const { lease } = join('a', () => weather);
    await lease.start();
    await clock.advance(100);
    let seen: AbortSignal | undefined;
    const writes: KubeClient = {
      ...server.connect(),
      request: ({ signal }) =>
        new Promise((_, reject) => {
          seen = signal;
          signal?.addEventListener('abort', () => reject(new Error('cut off')));
        }),
    };
    const client = createLeaderClient({ reads: noClient, writes }, lease);
    const write = client.request({ method: 'PATCH', path: '/x' }).catch((error: unknown) => error);
    weather = 'refused';
    await clock.advance(9000);
    expect(seen?.aborted).to.equal(false);
    await clock.advance(1100);
    expect(await write).to.be.instanceOf(NotLeading);
  });

  it('lets followers read', async () => {
    const { clock, server, join } = createWorld();
    const client = createLeaderClient({ reads: server.connect(), writes: noClient }, join('a').lease);
    const read = client.request({ method: 'GET', path: '/x' }).catch((error: unknown) => error);
    await clock.advance(10);
    expect(await read).to.not.be.instanceOf(NotLeading);
  });

  it('says once why it cannot be kept', async () => {
    const { clock, join } = createWorld();
    const { lease, logger } = join('a', () => 'refused');
    await lease.start();
    await clock.advance(30_000);
    expect(logger.lines.filter(({ level }) => level === 'warn')).to.have.length(1);
    expect(lease.isLeader).to.equal(false);
  });

  it('has at most one leader at any time, and always one again, through any weather and stopped processes', async function () {
    this.timeout(20_000);
    const event = fc.record({
      who: fc.integer({ min: 0, max: 2 }),
      what: fc.constantFrom('fine', 'refused', 'answerLost', 'stop', 'resume', 'release'),
      afterMs: fc.integer({ min: 0, max: 9000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 25 }), async (events) => {
        const { clock, join } = createWorld();
        const weathers: Weather[] = ['fine', 'fine', 'fine'];
        const replicas = weathers.map((_, index) => join(`r${index}`, () => weathers[index] ?? 'fine'));
        const gone = new Set<number>();
        for (const { lease } of replicas) await lease.start();
        const pass = async (ms: number) => {
          for (let passed = 0; passed < ms; passed += 250) {
            await clock.advance(250);
            const leaders = replicas.filter(({ lease, process }) => !process.isStopped && lease.isLeader);
            expect(leaders.length).to.be.at.most(1);
          }
        };
        for (const { who, what, afterMs } of events) {
          const replica = replicas[who];
          if (replica === undefined) continue;
          if (what === 'stop') replica.process.isStopped = true;
          else if (what === 'resume') replica.process.resume();
          else if (what !== 'release') weathers[who] = what;
          else if (gone.size < 2 && !gone.has(who)) {
            gone.add(who);
            void replica.lease.stop();
          }
          await pass(afterMs);
        }
        weathers.fill('fine');
        for (const { process } of replicas) process.resume();
        await pass(40_000);
        expect(replicas.filter(({ lease }) => lease.isLeader)).to.have.length(1);
      }),
      { numRuns: 100 },
    );
  });
});

describe('an operator that is alone', () => {
  it('leads from its start to its stop', async () => {
    const metrics = createMetrics();
    const lead = createSoleLeadership(metrics);
    let acquired = 0;
    lead.onAcquired(() => (acquired += 1));
    expect(() => lead.requireLeading()).to.throw(NotLeading);
    await lead.start();
    const leading = lead.requireLeading();
    expect([lead.isLeader, acquired, leading.aborted]).to.deep.equal([true, 1, false]);
    await lead.stop();
    expect([lead.isLeader, leading.aborted]).to.deep.equal([false, true]);
  });
});
