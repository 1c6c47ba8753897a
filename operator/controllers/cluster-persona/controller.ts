// Keeps the status of the ClusterPersona that counts: discovers the cluster from time to time, follows its nodes, and writes what is new.
import { isDeepStrictEqual } from 'node:util';
import type { ClusterPersona, ClusterPersonaStatus } from '../../../src/api/personas.ts';
import { listFailures, type ClusterFacts } from '../../../src/status/cluster/cluster-facts.ts';
import { chooseClusterPersona } from '../../../src/status/cluster/choose-persona.ts';
import { decideCluster, decideSuperseded } from '../../../src/status/cluster/decide-cluster.ts';
import type { Change } from '../../../src/kube/watch/reflector.ts';
import type { Cache } from '../../manager/cache.ts';
import type { Component } from '../../manager/component.ts';
import type { ControllerDeps } from '../../manager/controller-deps.ts';
import type { Permission } from '../../manager/permission.ts';
import type { ReconcileResult, WorkQueue } from '../../manager/work-queue.ts';
import { clusterPersonaCache } from '../../watched/cluster-personas.ts';
import { watchedPersonas } from '../../watched/personas.ts';
import { watchedNamespaces } from '../../watched/surroundings.ts';
import { listTransitions, tellRefusal } from './events.ts';
import { ClusterReader } from './gather.ts';
import { createDiscoveryMetrics, type DiscoveryMetrics } from './metrics.ts';
import { StatusWriter } from './status.ts';
import { describedNodes } from './described-nodes.ts';
import { readJudging } from './judging.ts';

/** What it asks for, and writes. */
export const permissions: readonly Permission[] = [
  {
    group: 'dorgu.io',
    resource: 'clusterpersonas',
    verbs: ['list', 'watch'],
    why: 'finds the ClusterPersona that counts',
  },
  {
    group: 'dorgu.io',
    resource: 'clusterpersonas/status',
    verbs: ['patch'],
    why: 'writes what was discovered of the cluster',
  },
  { group: '', resource: 'nodes', verbs: ['list', 'watch'], why: 'counts nodes and adds up what they have' },
  { group: '', resource: 'pods', verbs: ['list'], why: 'counts pods that run, by their metadata' },
  { group: '', resource: 'namespaces', verbs: ['list', 'watch'], why: 'counts namespaces' },
  ...['deployments', 'statefulsets', 'daemonsets'].map((resource) => ({
    group: 'apps',
    resource,
    verbs: ['list'] as const,
    why: 'finds add-ons by what runs',
  })),
  { group: 'dorgu.io', resource: 'applicationpersonas', verbs: ['list', 'watch'], why: 'counts personas' },
  { group: 'metrics.k8s.io', resource: 'nodes', verbs: ['list'], why: 'reads the use of nodes' },
];

/** Nodes come and go by the dozen: they are looked at together this long after the first change, and no more often than this. */
const settleMs = 500;
const betweenNodesMs = 2000;
/** Namespaces and personas that come or go are counted after this long. */
const recountMs = 5000;
/** How soon to look whether what is watched has been listed for the first time. */
const pendingMs = 250;
/** A slow server needs minutes for the lists of a large cluster. */
const timeoutMs = 240_000;

/** Made with its caches asked for; see {@link ControllerDeps}. */
export function createClusterController(deps: ControllerDeps): Component {
  return new ClusterController(deps);
}

class ClusterController implements Component {
  readonly name = 'cluster-controller';
  readonly #deps: ControllerDeps;
  readonly #personas: Cache<ClusterPersona>;
  readonly #reader: ClusterReader;
  readonly #writer: StatusWriter;
  readonly #metrics: DiscoveryMetrics;
  readonly #queue: WorkQueue & Component;
  #judgedAtMs = -Infinity;
  /** Parts that could not be read the last time, and why. */
  #failures: ReadonlyMap<string, string> = new Map<string, string>();

  constructor(deps: ControllerDeps) {
    const { client, caches, leadership, options, now } = deps;
    this.#deps = deps;
    this.#personas = caches.get(clusterPersonaCache);
    const nodes = caches.get(describedNodes);
    const namespaces = caches.get(watchedNamespaces);
    const applications = caches.get(watchedPersonas);
    this.#metrics = createDiscoveryMetrics(deps.metrics);
    this.#writer = new StatusWriter(client, leadership);
    this.#reader = new ClusterReader({
      client,
      caches: { nodes, namespaces, personas: applications },
      intervalMs: options.discoveryIntervalMs,
      metrics: this.#metrics,
      now,
    });
    this.#queue = deps.createQueue((key, { signal }) => this.#reconcile(key, signal), {
      name: 'cluster',
      keys: () => this.#personas.objects,
      // Not the others: where one may not be read, the rest still is.
      after: [this.#personas],
      concurrency: 1,
      timeoutMs,
    });
    this.#personas.onChange(({ type, key }) => {
      if (type === 'updated') this.#queue.add(key);
      else this.#addAll();
      if (type === 'deleted') this.#forget(key);
    });
    nodes.onChange((change) => {
      if (change.type === 'updated' && isDeepStrictEqual(change.value, change.previous)) return;
      this.#addAll(Math.max(settleMs, this.#judgedAtMs + betweenNodesMs - now()));
    });
    caches.onRefusals(() => this.#addAll(settleMs));
    // Counts only: they may be a little late.
    namespaces.onChange((change) => this.#recount(change));
    applications.onChange((change) => this.#recount(change));
  }

  start(): Promise<void> {
    return this.#queue.start();
  }

  stop(): Promise<void> {
    return this.#queue.stop();
  }

  whyNotReady(): string | undefined {
    return this.#queue.whyNotReady();
  }

  #addAll(afterMs = 0): void {
    for (const key of this.#personas.objects.keys()) this.#queue.add(key, { afterMs });
  }

  #recount({ type }: Change<unknown>): void {
    if (type !== 'updated') this.#addAll(recountMs);
  }

  #forget(key: string): void {
    this.#queue.forget(key);
    this.#writer.forget(key);
  }

  async #reconcile(key: string, signal: AbortSignal): Promise<ReconcileResult> {
    const watched = this.#personas.get(key);
    const counting = chooseClusterPersona([...this.#personas.objects.values()]);
    if (watched === undefined || counting === undefined) return undefined;
    const by = counting.metadata.name;
    return by === key ? this.#describe(key, signal) : this.#supersede(watched, by, signal);
  }

  async #describe(key: string, signal: AbortSignal): Promise<ReconcileResult> {
    this.#judgedAtMs = this.#deps.now();
    const gathered = await this.#reader.gather(signal);
    if (gathered === undefined) return { requeueAfterMs: pendingMs };
    // It may have changed while the cluster was asked.
    const watched = this.#personas.get(key);
    if (watched === undefined) return undefined;
    const { metadata, status: previous } = this.#writer.newest(watched);
    const { generation } = metadata;
    const facts = { ...gathered.facts, judging: readJudging(gathered.facts, this.#deps.caches) };
    this.#tellFailures(facts);
    const now = new Date(this.#deps.now());
    const status = decideCluster({ generation, facts, now, previous });
    const { nodeCount, readyNodes } = status ?? previous ?? {};
    this.#metrics.counted(nodeCount, readyNodes);
    if (status !== undefined) await this.#write(watched, status, signal);
    return { requeueAfterMs: gathered.dueInMs };
  }

  /** Once for each failure, and once for its end. */
  #tellFailures(facts: ClusterFacts): void {
    const failures = new Map(listFailures(facts).map(({ part, reason }) => [part, reason]));
    for (const [part, reason] of failures)
      if (this.#failures.get(part) !== reason)
        this.#deps.logger.warn('A part of the cluster cannot be read', { part, reason });
    for (const part of this.#failures.keys())
      if (!failures.has(part)) this.#deps.logger.info('A part of the cluster can be read again', { part });
    this.#failures = failures;
  }

  async #supersede(watched: ClusterPersona, by: string, signal: AbortSignal): Promise<undefined> {
    const { metadata, status: previous } = this.#writer.newest(watched);
    const { generation } = metadata;
    const status = decideSuperseded({ generation, by, previous, now: new Date(this.#deps.now()) });
    if (status !== undefined) await this.#write(watched, status, signal);
    return undefined;
  }

  async #write(watched: ClusterPersona, status: ClusterPersonaStatus, signal: AbortSignal): Promise<void> {
    const before = this.#writer.newest(watched);
    const end = await this.#writer.write(watched, status, signal);
    const { name } = watched.metadata;
    if (end.outcome === 'refused') {
      this.#deps.logger.error('The API server does not take a status', { name, message: end.message });
      this.#deps.events.record(tellRefusal(before, end.message));
    }
    if (end.outcome !== 'written') return;
    this.#deps.logger.info('Status written', { name, phase: status.phase });
    for (const event of listTransitions(before, status)) this.#deps.events.record(event);
  }
}
