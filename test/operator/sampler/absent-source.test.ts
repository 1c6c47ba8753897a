// A cluster in which nothing measures use: each persona says so, and that costs no write of its own.
import { expect } from 'chai';
import { createPersonaController } from '../../../operator/controllers/application-persona/controller.ts';
import type { ControllerDeps } from '../../../operator/manager/controller-deps.ts';
import { SourceAbsent } from '../../../operator/sampler/usage-feed.ts';
import { UsagePresence } from '../../../operator/watched/usage-presence.ts';
import { createMetricsApiFeed } from '../../../operator/sampler/metrics-api-feed.ts';
import type { KubeRequest } from '../../../src/kube/client.ts';
import type { Condition } from '../../../src/api/personas.ts';
import { resources } from '../../../src/kube/resources.ts';
import { createFault, MemoryCluster } from '../memory-cluster.ts';
import { noClient } from '../manager/caches/fake-reflector.ts';
import { createDeployment, createPersona } from '../objects.ts';
import { Stage } from './played-source.ts';

const { applicationPersonas, deployments } = resources;
const minute = 60_000;
const names = Array.from({ length: 40 }, (_, index) => `shop-${index}`);
const metricsManager = 'dorgu-operator-metrics';

describe('the sampler where nothing measures use', () => {
  let cluster: MemoryCluster;
  let stage: Stage;
  beforeEach(async () => {
    cluster = new MemoryCluster();
    stage = new Stage(cluster);
    stage.feed.source = 'metrics-api';
    stage.feed.hasPast = false;
    stage.feed.failure = new SourceAbsent();
    for (const name of names) {
      await cluster.put(applicationPersonas, createPersona(name));
      await cluster.put(deployments, createDeployment(name));
    }
  });
  afterEach(() => cluster.stop());

  const start = async () => {
    const presence = new UsagePresence('unknown', () => cluster.nowMs);
    await cluster.start(
      (deps: ControllerDeps) => createPersonaController(deps, presence),
      (deps: ControllerDeps) => stage.create(deps, presence),
    );
    await stage.pass(100);
  };
  const conditions = (name: string) => (cluster.status(`store/${name}`).conditions ?? []) as Condition[];
  const measured = (name: string) => conditions(name).find(({ type }) => type === 'MetricsAvailable');
  const expectAbsence = () => {
    for (const name of names)
      expect(measured(name), name).to.deep.include({
        ...{ status: 'False', reason: 'NoPrometheus', observedGeneration: 1 },
        message:
          'neither Prometheus nor metrics.k8s.io is there to measure use: set the option --prometheus-url of the operator, or install metrics-server',
      });
  };

  it('writes each persona once, and that write says it', async () => {
    await start();
    expectAbsence();
    expect(cluster.writes.map(({ key }) => key).sort()).to.deep.equal(
      names.map((name) => `store/${name}`).sort(),
    );
  });

  it('asks for neither pods nor figures, and writes nothing more, as long as there is none', async () => {
    await start();
    stage.feed.asked.length = 0;
    for (let window = 0; window < 12; window += 1) await stage.pass(5 * minute);
    expect(stage.feed.asked.filter(({ what }) => what === 'read')).to.deep.equal([]);
    expect(cluster.writes).to.have.length(names.length);
  });

  it('writes nothing after a restart', async () => {
    await start();
    await cluster.stop();
    await start();
    expectAbsence();
    expect(cluster.writes).to.have.length(names.length);
  });

  it('gives first statuses without it when the look for a source takes long, and says it then', async () => {
    const looked = Promise.withResolvers<undefined>();
    stage.feed.look = looked.promise;
    await start();
    expect(cluster.writes, 'it is waited for').to.have.length(0);
    cluster.nowMs += 2000;
    await stage.pass(100);
    expect(conditions('shop-0').map(({ type }) => type)).to.include('Ready');
    expect(measured('shop-0')).to.equal(undefined);
    looked.resolve(undefined);
    await stage.pass(100);
    await stage.pass(100);
    expectAbsence();
  });

  it('measures once a source is there, in one write of its own, and takes that back when it goes', async () => {
    await start();
    stage.feed.failure = undefined;
    stage.feed.application = 'shop-0';
    await stage.pass(5 * minute);
    await stage.pass(minute);
    expect(measured('shop-0')).to.deep.include({ status: 'True', reason: 'MeasuredUnderADay' });
    expect(measured('shop-1')).to.deep.include({ status: 'False', reason: 'NoSeries' });
    const own = cluster.writes.slice(names.length);
    expect(own.map(({ manager }) => manager)).to.deep.equal(names.map(() => metricsManager));
    stage.feed.failure = new SourceAbsent();
    for (let window = 0; window < 3; window += 1) await stage.pass(5 * minute);
    await stage.pass(minute);
    expectAbsence();
    expect(cluster.writes).to.have.length(3 * names.length);
    expect(cluster.status('store/shop-0')['learned'], 'what was learnt stands').to.not.equal(undefined);
  });

  it('says nothing of it for a persona without a workload that stays', async () => {
    await cluster.put(applicationPersonas, createPersona('lonely'));
    await start();
    expect(measured('lonely')).to.equal(undefined);
  });
});

describe('the feed of metrics.k8s.io where there is none', () => {
  it('finds that out by one small document, without a list of pods', async () => {
    const asked: string[] = [];
    const request = ({ path }: KubeRequest) => {
      asked.push(path);
      return Promise.reject(createFault(404, 'NotFound'));
    };
    const feed = createMetricsApiFeed({
      client: { ...noClient, request },
      signal: () => new AbortController().signal,
    });
    const span = { fromMs: 0, toMs: 5 * minute };
    for (const question of [feed.probe?.bind(feed), () => feed.owners(span)])
      expect(await question?.().catch((error: unknown) => error)).to.be.instanceOf(SourceAbsent);
    expect(new Set(asked)).to.deep.equal(new Set(['/apis/metrics.k8s.io/v1beta1']));
  });
});
