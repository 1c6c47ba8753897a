// A source of use that a test plays, and ConfigMaps in memory: what the sampler meets beside the cluster.
import type { ControllerDeps } from '../../../operator/manager/controller-deps.ts';
import { createSampler } from '../../../operator/sampler/create-sampler.ts';
import type { WindowSpan } from '../../../operator/sampler/coverage.ts';
import { createSamplerMetrics } from '../../../operator/sampler/sampler-metrics.ts';
import { SourceAbsent, type UsageFeed } from '../../../operator/sampler/usage-feed.ts';
import type { UsagePresence } from '../../../operator/watched/usage-presence.ts';
import type { Component } from '../../../operator/manager/component.ts';
import type { KubeClient, KubeRequest } from '../../../src/kube/client.ts';
import { sampleWindowMs, type UsageSample } from '../../../src/sizing/usage.ts';
import { FakeClock } from '../manager/fake-clock.ts';
import { createFault, type MemoryCluster } from '../memory-cluster.ts';

const mebi = 1024 * 1024;

/** One container `shop` in one pod of Deployment `store/shop`, or of another of the test's choice, from `sinceMs` on. */
export class PlayedSource implements UsageFeed {
  source: UsageFeed['source'] = 'prometheus';
  hasPast = true;
  readonly lagMs = 30_000;
  /** Every question, in its order. */
  readonly asked: { what: 'owners' | 'read'; span: WindowSpan }[] = [];
  cpuMillicores = 200;
  memoryMi = 100;
  hasOwners = true;
  isEmpty = false;
  /** Thrown at every question. */
  failure: Error | undefined;
  /** Every question hangs until its signal. */
  isHanging = false;
  sinceMs = 0;
  application = 'shop';
  /** Looking whether there is a source waits for it. */
  look: Promise<undefined> = Promise.resolve(undefined);

  async probe(): Promise<void> {
    await this.look;
    if (this.failure instanceof SourceAbsent) throw this.failure;
  }

  owners(span: WindowSpan) {
    this.asked.push({ what: 'owners', span });
    if (this.isHanging) return new Promise<never>(() => undefined);
    if (this.failure !== undefined) return Promise.reject(this.failure);
    const { application: name } = this;
    const owner = { namespace: 'store', pod: `${name}-abc-1`, kind: 'Deployment', name };
    return Promise.resolve(this.hasOwners ? [owner] : []);
  }

  async *read(span: WindowSpan): AsyncGenerator<UsageSample[]> {
    this.asked.push({ what: 'read', span });
    await Promise.resolve();
    if (this.isEmpty) return;
    for (let atMs = span.fromMs + sampleWindowMs; atMs <= span.toMs; atMs += sampleWindowMs)
      if (atMs > this.sinceMs) yield [this.#sampleAt(atMs)];
  }

  #sampleAt(atMs: number): UsageSample {
    const memory = this.memoryMi * mebi;
    return {
      ...{ namespace: 'store', pod: `${this.application}-abc-1`, container: 'shop', atMs },
      cpuMillicores: this.cpuMillicores,
      memoryPeakBytes: memory,
      memoryAverageBytes: memory,
    };
  }
}

/** ConfigMaps by name, and the sampler over them, at a time of the test's choice. */
export class Stage {
  readonly cluster: MemoryCluster;
  readonly feed = new PlayedSource();
  readonly maps: Map<string, object>;
  readonly clock = new FakeClock();
  /** Writes of ConfigMaps, by name. */
  readonly written: string[] = [];

  /** `maps`: those of another one, where two share a cluster. */
  constructor(cluster: MemoryCluster, maps = new Map<string, object>()) {
    this.cluster = cluster;
    this.maps = maps;
  }

  /** For `cluster.start`. */
  readonly create = (deps: ControllerDeps, presence?: UsagePresence): Component =>
    createSampler(
      { ...deps, client: this.#withMaps(deps.client) },
      {
        createFeed: () => this.feed,
        createMetrics: (workloads) =>
          createSamplerMetrics(deps.metrics, { isBreakerOpen: () => false, workloads }),
        clock: this.clock,
        ...(presence === undefined ? {} : { presence }),
      },
    );

  /** Lets so much time pass, and everything happen that follows from it. */
  async pass(ms: number): Promise<void> {
    this.cluster.nowMs += ms;
    await this.clock.advance(ms);
    await this.settle();
  }

  async settle(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 40));
    await this.cluster.settle();
  }

  #withMaps(client: KubeClient): KubeClient {
    const answer = (request: KubeRequest) => {
      const name = /\/configmaps\/([^/]+)$/.exec(request.path)?.[1];
      if (name === undefined) return client.request(request);
      if (request.method === 'PATCH') {
        this.written.push(name);
        this.maps.set(name, request.body as object);
      }
      const body = this.maps.get(name);
      if (body === undefined) return Promise.reject(createFault(404, 'NotFound'));
      return Promise.resolve({ status: 200, warnings: [], body });
    };
    return { ...client, request: (request) => answer(request) as Promise<never> };
  }
}
