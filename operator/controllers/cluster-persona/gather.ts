// What is known of the cluster: discovered anew when it is due, what failed sooner than the rest, and the nodes as they are now.
import type { KubeClient } from '../../../src/kube/client.ts';
import { discoverCluster } from '../../../src/discovery/discover-cluster.ts';
import { listFailures, type ClusterFacts } from '../../../src/status/cluster/cluster-facts.ts';
import type { NodeFacts } from '../../../src/status/cluster/node-facts.ts';
import type { Part } from '../../../src/status/cluster/part.ts';
import type { Cache } from '../../manager/cache.ts';
import { isRefused } from '../../manager/caches/is-refused.ts';
import type { DiscoveryMetrics } from './metrics.ts';

/** What is known, and until when that does. */
export interface Gathered {
  facts: ClusterFacts;
  /** Milliseconds until something is to be asked again. */
  dueInMs: number;
}

/** What gathering needs. */
export interface GatherOptions {
  client: KubeClient;
  nodes: Pick<Cache<NodeFacts>, 'objects' | 'isSynced' | 'health'>;
  intervalMs: number;
  metrics: DiscoveryMetrics;
  now: () => number;
}

/** What failed is asked again after this long, and nothing else with it. */
export const retryMs = 30_000;
/** A watch may be between two streams; after this long without a byte its nodes are no longer known. */
const silentNodesMs = 90_000;

/** Remembers the last discovery of the cluster. */
export class ClusterReader {
  readonly #options: GatherOptions;
  #last: { facts: ClusterFacts; discoveredAtMs: number; askedAtMs: number } | undefined;

  constructor(options: GatherOptions) {
    this.#options = options;
  }

  /** Undefined while the nodes are being listed for the first time. @throws KubeError where the server cannot be asked at all */
  async gather(signal: AbortSignal): Promise<Gathered | undefined> {
    const nodes = this.#readNodes();
    if (nodes === undefined) return undefined;
    const last = this.#last;
    if (last === undefined || this.#isOver(last.discoveredAtMs, this.#options.intervalMs))
      this.#last = await this.#discover({ nodes }, signal);
    else if (failed(last.facts).size > 0 && this.#isOver(last.askedAtMs, retryMs)) {
      const again = await this.#discover({ ...pickRead(last.facts), nodes }, signal);
      this.#last = { ...again, discoveredAtMs: last.discoveredAtMs };
    }
    return this.#toGathered(nodes);
  }

  #toGathered(nodes: ClusterFacts['nodes']): Gathered | undefined {
    if (this.#last === undefined) return undefined;
    const { facts, discoveredAtMs, askedAtMs } = this.#last;
    const now = this.#options.now();
    const dueAtMs = Math.min(
      discoveredAtMs + this.#options.intervalMs,
      failed(facts).size > 0 ? askedAtMs + retryMs : Infinity,
    );
    return { facts: { ...facts, nodes }, dueInMs: Math.max(0, dueAtMs - now) };
  }

  async #discover(known: Partial<ClusterFacts>, signal: AbortSignal) {
    const { client, metrics, now } = this.#options;
    const startedAtMs = now();
    try {
      const { facts } = await discoverCluster(client, { known, signal });
      const result = listFailures(facts).length === 0 ? 'complete' : 'partial';
      metrics.discovered(result, now() - startedAtMs);
      return { facts, discoveredAtMs: startedAtMs, askedAtMs: startedAtMs };
    } catch (error) {
      metrics.discovered('failed', now() - startedAtMs);
      throw error;
    }
  }

  #readNodes(): Part<readonly NodeFacts[]> | undefined {
    const { nodes, now } = this.#options;
    const { failure, lastByteAtMs = -Infinity } = nodes.health();
    if (!nodes.isSynced) return failure === undefined ? undefined : { failure };
    const isLost = failure !== undefined && (isRefused(failure) || now() - lastByteAtMs > silentNodesMs);
    return isLost ? { failure } : { value: [...nodes.objects.values()] };
  }

  #isOver(sinceMs: number, afterMs: number): boolean {
    // Rounds may begin a moment early.
    return this.#options.now() - sinceMs >= afterMs - 500;
  }
}

/** Parts that are to be asked again. The nodes are watched, and the version is asked each time. */
function failed(facts: ClusterFacts): Set<string> {
  const names = Object.keys(facts) as (keyof ClusterFacts)[];
  return new Set(names.filter((name) => name !== 'nodes' && 'failure' in facts[name]));
}

function pickRead(facts: ClusterFacts): Partial<ClusterFacts> {
  return Object.fromEntries(Object.entries(facts).filter(([, part]) => 'value' in part));
}
