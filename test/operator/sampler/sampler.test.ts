// The sampler beside the controller of personas, on a cluster in memory and a source that the test plays.
import { expect } from 'chai';
import { createPersonaController } from '../../../operator/controllers/application-persona/controller.ts';
import { FeedFailure } from '../../../operator/sampler/usage-feed.ts';
import type { Condition, Recommendation } from '../../../src/api/personas.ts';
import { resources } from '../../../src/kube/resources.ts';
import { MemoryCluster } from '../memory-cluster.ts';
import { createDeployment, createPersona } from '../objects.ts';
import { Stage } from './played-source.ts';

const { applicationPersonas, deployments, pods } = resources;
const minute = 60_000;
const manager = 'dorgu-operator-metrics';

describe('the sampler', () => {
  let cluster: MemoryCluster;
  let stage: Stage;
  beforeEach(async () => {
    cluster = new MemoryCluster();
    stage = new Stage(cluster);
    await cluster.put(applicationPersonas, createPersona('shop'));
    await cluster.put(deployments, createDeployment('shop'));
  });
  afterEach(() => cluster.stop());

  const start = async () => {
    await cluster.start(createPersonaController, stage.create);
    await stage.settle();
  };
  const restart = async () => {
    await cluster.stop();
    await start();
  };
  const writes = () => cluster.writes.filter((write) => write.manager === manager).length;
  const status = () => cluster.status('store/shop');
  const baseline = () =>
    (status()['learned'] as { resourceBaseline?: Record<string, string> } | undefined)?.resourceBaseline;
  const advice = () => (status()['recommendations'] ?? []) as Recommendation[];
  const condition = () =>
    (status().conditions as Condition[] | undefined)?.find(({ type }) => type === 'MetricsAvailable');
  const spans = (what: string) => stage.feed.asked.filter((one) => one.what === what).map(({ span }) => span);
  const widths = () => spans('read').map(({ fromMs, toMs }) => (toMs - fromMs) / (5 * minute));

  it('has the baseline of the last hour at once, and says that use is measured', async () => {
    await start();
    expect(baseline()).to.deep.include({
      ...{ avgCPU: '200m', peakCPU: '200m', avgMemory: '100Mi', peakMemory: '100Mi' },
      windowEnd: '2026-11-23T09:25:00Z',
    });
    expect(condition()).to.deep.include({
      status: 'True',
      reason: 'MeasuredUnderADay',
      observedGeneration: 1,
    });
    expect(widths()[0]).to.equal(12);
  });

  it('writes nothing as long as nothing changes by more than noise, and asks twice in five minutes', async () => {
    stage.feed.hasPast = false;
    await cluster.put(applicationPersonas, createPersona('shop', { sizing: { mode: 'off' } }));
    await start();
    const before = writes();
    stage.feed.asked.length = 0;
    for (let window = 0; window < 12; window += 1) {
      stage.feed.cpuMillicores = 200 + (window % 2);
      await stage.pass(5 * minute);
    }
    expect(writes() - before).to.equal(0);
    expect(spans('read')).to.have.length(12);
    expect(spans('owners')).to.have.length(12);
  });

  it('rewrites the baseline when use moves', async () => {
    await start();
    stage.feed.cpuMillicores = 400;
    await stage.pass(5 * minute);
    await stage.pass(minute);
    expect(baseline()).to.deep.include({ peakCPU: '400m', peakMemory: '100Mi' });
  });

  it('asks for the eight days before one hour after the other, the newest first, and none twice', async () => {
    await start();
    for (let turn = 0; turn < 220; turn += 1) {
      cluster.nowMs += 1000;
      await stage.clock.advance(1000);
      await cluster.settle();
    }
    await stage.settle();
    const asked = spans('read').flatMap(({ fromMs, toMs }) =>
      Array.from({ length: (toMs - fromMs) / (5 * minute) }, (_, at) => toMs - at * 5 * minute),
    );
    expect(new Set(asked).size).to.equal(asked.length);
    expect(asked.length).to.be.within(8 * 288, 8 * 288 + 2);
    const past = spans('read').filter(({ toMs, fromMs }) => toMs - fromMs > 5 * minute);
    expect(past.every(({ toMs }, at) => at === 0 || toMs <= (past[at - 1]?.fromMs ?? 0))).to.equal(true);
  });

  it('advises when enough is known, tells it once, and withdraws nothing that stands still', async () => {
    await start();
    for (let turn = 0; turn < 220; turn += 1) {
      cluster.nowMs += 1000;
      await stage.clock.advance(1000);
      await cluster.settle();
    }
    await stage.pass(5 * minute);
    await stage.pass(minute);
    expect(condition(), 'the days before are known now').to.deep.include({
      status: 'True',
      reason: 'Measured',
    });
    const request = advice().find(({ id }) => id.endsWith('cpu-request'));
    expect(request).to.deep.include({ current: '10m', container: 'shop', source: 'prometheus' });
    const told = cluster.events
      .filter(({ reason }) => reason === 'Recommended')
      .map(({ message }) => message);
    expect(told).to.not.deep.equal([]);
    expect(new Set(told).size).to.equal(told.length);
    const before = writes();
    await stage.pass(5 * minute);
    await stage.pass(minute);
    expect(writes()).to.equal(before);
  });

  it('keeps silent where spec.sizing says off, and measures all the same', async () => {
    await cluster.put(applicationPersonas, createPersona('shop', { sizing: { mode: 'off' } }));
    await cluster.put(pods, createKilledPod());
    await start();
    expect(advice()).to.deep.equal([]);
    expect(baseline()).to.deep.include({ avgCPU: '200m' });
  });

  it('advises on a container that was killed for its memory at once, although it runs again', async () => {
    stage.feed.isEmpty = true;
    await start();
    expect(advice()).to.deep.equal([]);
    await cluster.put(pods, createKilledPod());
    await stage.settle();
    const limit = advice().find(({ id }) => id.endsWith('memory-limit'));
    expect(limit).to.deep.include({ source: 'pod-status', current: '32Mi', priority: 'high' });
    const before = writes();
    await cluster.remove(pods, 'store/shop-abc-1');
    await stage.pass(5 * minute);
    await stage.pass(minute);
    expect(writes()).to.equal(before);
  });

  it('knows after a restart what it knew, also when the source is gone', async () => {
    await start();
    const before = { baseline: baseline(), asked: stage.feed.asked.length };
    const windows = new Set(spans('read').map(({ toMs }) => toMs));
    await restart();
    expect(baseline()).to.deep.equal(before.baseline);
    const again = spans('read').slice(windows.size);
    expect(again.filter(({ toMs }) => windows.has(toMs))).to.deep.equal([]);
    stage.feed.failure = new FeedFailure('NoPrometheus', 'it is gone');
    await restart();
    await stage.pass(5 * minute);
    expect(baseline()).to.deep.equal(before.baseline);
    expect(condition()).to.deep.include({ status: 'False', reason: 'NoPrometheus', message: 'it is gone' });
  });

  it('tells of garbage in what was kept, and goes on without it', async () => {
    await start();
    await stage.pass(minute);
    await cluster.stop();
    for (const [name, map] of stage.maps)
      stage.maps.set(name, { ...map, binaryData: { learned: 'bm9uc2Vuc2U=' } });
    await start();
    const told = cluster.logger.lines.filter(({ level }) => level === 'warn');
    expect(told.map(({ message }) => message)).to.include('A checkpoint of what was learnt cannot be used');
    expect(baseline()).to.deep.include({ avgCPU: '200m' });
  });

  const failures: Record<string, { fail: () => void; says: { reason: string; status: string } }> = {
    'that Prometheus does not answer in time': {
      fail: () => (stage.feed.failure = new FeedFailure('Timeout', 'no answer within 30s')),
      says: { status: 'False', reason: 'Timeout' },
    },
    'that it knows no series of these pods': {
      fail: () => (stage.feed.isEmpty = true),
      says: { status: 'False', reason: 'NoSeries' },
    },
    'that nobody says whose pods they are': {
      fail: () => (stage.feed.hasOwners = false),
      says: { status: 'False', reason: 'NoOwner' },
    },
    'that it was measured once, and not in the last hour': {
      fail: () => void (stage.feed.sinceMs = Infinity),
      says: { status: 'False', reason: 'NoSeries' },
    },
  };
  for (const [what, { fail, says }] of Object.entries(failures))
    it(`says ${what}, and no figure is zero`, async () => {
      fail();
      await start();
      await stage.pass(2 * minute);
      expect(condition()).to.deep.include(says);
      expect(baseline()).to.equal(undefined);
      expect(advice()).to.deep.equal([]);
    });

  it('says nothing of one failure after an answer, and no new words while it fails', async () => {
    await start();
    const before = writes();
    stage.feed.failure = new FeedFailure('Timeout', 'no answer within 30s');
    await stage.pass(2000);
    await stage.pass(2000);
    expect(condition()?.status).to.equal('True');
    for (let turn = 0; turn < 4; turn += 1) {
      stage.feed.failure = new FeedFailure('Timeout', `no answer, attempt ${turn}`);
      await stage.pass(2 * minute);
    }
    expect(condition()).to.deep.include({ status: 'False', reason: 'Timeout' });
    expect(writes() - before).to.equal(1);
    stage.feed.failure = undefined;
    await stage.pass(2 * minute);
    await stage.pass(minute);
    expect(condition()?.status).to.equal('True');
  });

  it('gives up what it wrote where the persona has no workload left', async () => {
    await start();
    await cluster.remove(deployments, 'store/shop');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await restart();
    expect(baseline()).to.equal(undefined);
    expect(condition()).to.equal(undefined);
  });

  it('stops at once while the source hangs', async () => {
    stage.feed.isHanging = true;
    await start();
    expect(condition()).to.equal(undefined);
    expect(status().conditions?.map(({ type }) => type)).to.include('Ready');
  });
});

/** Its container runs again. */
function createKilledPod(): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'shop-abc-1',
      namespace: 'store',
      labels: { run: 'shop', 'pod-template-hash': 'abc' },
      creationTimestamp: '2026-11-23T09:00:00Z',
      ownerReferences: [{ kind: 'ReplicaSet', name: 'shop-abc', controller: true }],
    },
    spec: { containers: [{ name: 'shop', resources: { limits: { memory: '32Mi' } } }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [
        {
          name: 'shop',
          ready: true,
          restartCount: 1,
          state: { running: { startedAt: '2026-11-23T09:29:30Z' } },
          lastState: {
            terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: '2026-11-23T09:29:20Z' },
          },
        },
      ],
    },
  };
}
