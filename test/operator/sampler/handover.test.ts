// The lead moves between two operators that both live on: what was learnt moves with it, and one alone asks and writes.
import { expect } from 'chai';
import { createPersonaController } from '../../../operator/controllers/application-persona/controller.ts';
import type { ControllerDeps } from '../../../operator/manager/controller-deps.ts';
import { NotLeading, type Leadership } from '../../../operator/manager/leadership.ts';
import { createMetrics } from '../../../operator/manager/metrics.ts';
import { FeedFailure } from '../../../operator/sampler/usage-feed.ts';
import type { Condition } from '../../../src/api/personas.ts';
import type { KubeRequest } from '../../../src/kube/client.ts';
import { resources } from '../../../src/kube/resources.ts';
import { MemoryCluster } from '../memory-cluster.ts';
import { createDeployment, createPersona } from '../objects.ts';
import { Stage } from './played-source.ts';

const { applicationPersonas, deployments } = resources;
const minute = 60_000;

/** A lead that the test gives and takes. */
class PlayedLead implements Leadership {
  readonly #listeners: (() => void)[] = [];
  #term: AbortController | undefined;

  get isLeader(): boolean {
    return this.#term !== undefined;
  }

  requireLeading(): AbortSignal {
    if (this.#term === undefined) throw new NotLeading('another one leads');
    return this.#term.signal;
  }

  onAcquired(listener: () => void): void {
    this.#listeners.push(listener);
  }

  take(): void {
    this.#term = new AbortController();
    for (const listener of this.#listeners) listener();
  }

  lose(): void {
    this.#term?.abort(new NotLeading('another one leads'));
    this.#term = undefined;
  }
}

/** One of two operators: its source, its lead, and the keys of personas that it has written. */
class Operator {
  readonly lead = new PlayedLead();
  readonly stage: Stage;
  readonly written: string[] = [];

  constructor(cluster: MemoryCluster, maps: Map<string, object>) {
    this.stage = new Stage(cluster, maps);
  }

  readonly create = (deps: ControllerDeps) => {
    const request = (sent: KubeRequest) => {
      if (sent.method === 'PATCH') this.written.push(sent.path);
      return deps.client.request(sent) as Promise<never>;
    };
    const own = { leadership: this.lead, metrics: createMetrics(), client: { ...deps.client, request } };
    return this.stage.create({ ...deps, ...own });
  };

  /** Whatever was asked and written; forgotten then. */
  takeDeeds() {
    const { feed, written } = this.stage;
    const windows = feed.asked
      .splice(0)
      .filter(({ what }) => what === 'read')
      .map(({ span }) => span);
    return { windows, maps: written.splice(0), personas: this.written.splice(0) };
  }
}

const nothing = { windows: [], maps: [], personas: [] };

describe('the lead of two samplers that live on', () => {
  let cluster: MemoryCluster;
  let first: Operator;
  let second: Operator;
  beforeEach(async () => {
    cluster = new MemoryCluster();
    const maps = new Map<string, object>();
    [first, second] = [new Operator(cluster, maps), new Operator(cluster, maps)];
    await cluster.put(applicationPersonas, createPersona('shop'));
    await cluster.put(deployments, createDeployment('shop'));
    await cluster.start(createPersonaController, first.create, second.create);
  });
  afterEach(() => cluster.stop());

  /** Both live through it. */
  const pass = async (ms: number) => {
    await first.stage.pass(ms);
    await second.stage.clock.advance(ms);
    await second.stage.settle();
  };
  const move = async (from: Operator, to: Operator) => {
    from.lead.lose();
    to.lead.take();
    await to.stage.settle();
  };
  const status = () => cluster.status('store/shop');
  const measured = () => (status().conditions as Condition[]).find(({ type }) => type === 'MetricsAvailable');

  it('moves what was learnt: nothing is asked twice, and the status is not written again', async () => {
    first.lead.take();
    await first.stage.settle();
    await pass(2000);
    const before = structuredClone(status());
    const { windows, maps } = first.takeDeeds();
    expect(before).to.have.nested.property('learned.resourceBaseline.avgCPU', '200m');
    expect(maps).to.include('dorgu-learned-0');
    expect(second.takeDeeds(), 'who follows does nothing').to.deep.equal(nothing);
    await move(first, second);
    const deeds = second.takeDeeds();
    const newest = windows[0]?.toMs;
    expect(deeds.windows.some(({ toMs }) => toMs === newest)).to.equal(false);
    expect(deeds.personas).to.deep.equal([]);
    expect(status()).to.deep.equal(before);
  });

  it('leaves asking and writing to the one that leads, there and back', async () => {
    first.lead.take();
    await first.stage.settle();
    for (const [from, to] of [
      [first, second],
      [second, first],
      [first, second],
    ] as const) {
      await move(from, to);
      from.takeDeeds();
      to.stage.feed.cpuMillicores += 300;
      from.stage.feed.cpuMillicores = to.stage.feed.cpuMillicores;
      await pass(5 * minute);
      await pass(minute);
      expect(from.takeDeeds()).to.deep.equal(nothing);
      expect(to.takeDeeds().personas, 'the baseline has moved').to.not.deep.equal([]);
      const { peakCPU } = (status()['learned'] as { resourceBaseline: { peakCPU: string } }).resourceBaseline;
      expect(peakCPU).to.equal(`${to.stage.feed.cpuMillicores}m`);
    }
  });

  it('throws away what the old leader was still being told when it lost the lead', async () => {
    first.lead.take();
    await first.stage.settle();
    await pass(2000);
    first.stage.feed.isHanging = true;
    await pass(5 * minute);
    await move(first, second);
    await pass(5 * minute);
    first.takeDeeds();
    first.stage.feed.isHanging = false;
    await pass(5 * minute);
    expect(first.takeDeeds()).to.deep.equal(nothing);
  });

  it('knows after a move what was known, also where the source has gone', async () => {
    first.lead.take();
    await first.stage.settle();
    await pass(2000);
    const { learned } = status();
    second.stage.feed.failure = new FeedFailure('NoPrometheus', 'it is gone');
    await move(first, second);
    await pass(5 * minute);
    await pass(minute);
    expect(measured()).to.deep.include({ status: 'False', reason: 'NoPrometheus' });
    expect(status()['learned']).to.deep.equal(learned);
  });
});
