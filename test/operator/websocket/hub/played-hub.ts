// A hub whose API server is the test: objects come and go when it says so, and time moves by its clock.
import { createHub } from '../../../../operator/websocket/create-hub.ts';
import type { Hub, Subscription } from '../../../../operator/websocket/hub.ts';
import { createMetrics } from '../../../../operator/manager/metrics.ts';
import type { Interest, Topic } from '../../../../src/protocol/messages.ts';
import { createFakeReflectors, noClient, type FakeWatch } from '../../manager/caches/fake-reflector.ts';
import { FakeClock } from '../../manager/fake-clock.ts';
import { createMemoryLogger } from '../../manager/memory-logger.ts';
import { HeldReader } from './held-reader.ts';

const pluralOf: Record<Topic, string> = {
  personas: 'applicationpersonas',
  cluster: 'clusterpersonas',
  deployments: 'deployments',
  events: 'events',
};

/** A subscription and who reads it. */
export interface Followed {
  reader: HeldReader;
  subscription: Subscription;
}

/** A hub, its clock, and the objects that its watches are told. */
export class PlayedHub {
  readonly clock: FakeClock;
  readonly hub: Hub;
  readonly watches: FakeWatch[];
  readonly logger = createMemoryLogger();
  readonly metrics = createMetrics();
  /** By plural and key: what the API server has. */
  readonly objects = new Map<string, Map<string, object>>();
  isServed = true;
  isAnswering = true;
  #version = 0;
  readonly #synced = new Set<FakeWatch>();

  constructor({ clock = new FakeClock() } = {}) {
    this.clock = clock;
    const { create, watches } = createFakeReflectors();
    this.watches = watches;
    this.hub = createHub({
      client: noClient,
      logger: this.logger,
      metrics: this.metrics,
      createReflector: create,
      clock: this.clock,
      now: () => Date.parse('2026-11-23T09:30:00Z') + this.clock.time,
    });
  }

  async follow(topic: Topic, interest: Interest = {}, requestId?: string): Promise<Followed> {
    const reader = new HeldReader({ isWhole: interest.isWhole === true && topic !== 'events' });
    const subscription = this.hub.subscribe({ topic, requestId, interest }, reader);
    await this.settle();
    return { reader, subscription };
  }

  /** Puts an object; its version is the next one. */
  put(topic: Topic, key: string, object: Record<string, unknown>): void {
    const [name, namespace] = key.split('/').reverse();
    const metadata = {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      resourceVersion: String((this.#version += 1)),
      ...(object['metadata'] as object | undefined),
    };
    const whole = { ...object, metadata };
    this.#objectsOf(pluralOf[topic]).set(key, whole);
    for (const watch of this.running(topic)) if (this.#synced.has(watch)) watch.put(key, whole);
  }

  remove(topic: Topic, key: string): void {
    this.#objectsOf(pluralOf[topic]).delete(key);
    for (const watch of this.running(topic)) if (this.#synced.has(watch)) watch.remove(key);
  }

  /** Watches of the topic's resource that run at the moment. */
  running(topic: Topic): FakeWatch[] {
    return this.watches.filter(
      ({ resource, state }) => resource.plural === pluralOf[topic] && state === 'running',
    );
  }

  /** Serves new watches their first lists; then everything has happened that was to happen at once. */
  async settle(): Promise<void> {
    await this.clock.settle();
    for (;;) {
      const waiting = this.watches
        .filter(({ state }) => state === 'running')
        .filter((one) => !this.#synced.has(one));
      if (waiting.length === 0 || !this.isAnswering) return;
      for (const watch of waiting) this.#serve(watch);
      await this.clock.settle();
    }
  }

  /** The kinds appear, or go with all their objects. */
  async install(isServed: boolean): Promise<void> {
    this.isServed = isServed;
    for (const watch of this.#synced) if (watch.state === 'running') this.#serveKinds(watch);
    await this.settle();
  }

  #serve(watch: FakeWatch): void {
    this.#synced.add(watch);
    this.#serveKinds(watch);
    for (const [key, object] of this.#objectsOf(watch.resource.plural)) watch.put(key, object);
    watch.sync();
  }

  #serveKinds(watch: FakeWatch): void {
    if (watch.resource.plural !== 'customresourcedefinitions') return;
    for (const plural of [pluralOf.personas, pluralOf.cluster]) {
      const name = `${plural}.dorgu.io`;
      if (this.isServed) watch.put(name, { metadata: { name, uid: plural } });
      else watch.remove(name);
    }
  }

  #objectsOf(plural: string): Map<string, object> {
    const found = this.objects.get(plural) ?? new Map<string, object>();
    this.objects.set(plural, found);
    return found;
  }
}

/** A clock of a machine so slow that each turn of the hub is over as soon as it has begun, or a little later. */
export class LameClock extends FakeClock {
  #glances = 0;

  override now(): number {
    this.#glances += 1;
    return super.now() + (this.#glances % 4) * 5;
  }
}

/** A persona as {@link PlayedHub.put} takes it. */
export function personaIn(
  phase: string,
  labels: Record<string, string> = {},
  extra: object = {},
): Record<string, unknown> {
  return { metadata: { labels }, spec: { name: 'shop', type: 'api' }, status: { phase, ...extra } };
}
