// What is known of the cluster: asked anew when it is due, what failed sooner than the rest, and what is watched as it is now.
import type { KubeClient } from '../../../src/kube/client.ts';
import { discoverCluster } from '../../../src/discovery/discover-cluster.ts';
import { listFailures, type ClusterFacts } from '../../../src/status/cluster/cluster-facts.ts';
import type { DiscoveryMetrics } from './metrics.ts';
import { readWatchedParts, type DiscoveryCaches, type WatchedParts } from './watched-parts.ts';

/** What is known, and until when that does. */
export interface Gathered {
  facts: ClusterFacts;
  /** Milliseconds until something is to be asked again. */
  dueInMs: number;
}

/** What gathering needs. */
export interface GatherOptions {
  client: KubeClient;
  caches: DiscoveryCaches;
  intervalMs: number;
  metrics: DiscoveryMetrics;
  now: () => number;
}

/** What failed is asked again after this long, and nothing else with it. */
export const retryMs = 30_000;
/** Rounds may begin a moment early. */
const earlyMs = 500;

/** The last discovery: when everything was asked, and when something was. */
interface Discovered {
  facts: ClusterFacts;
  discoveredAtMs: number;
  askedAtMs: number;
}

/** Remembers the last discovery of the cluster. */
export class ClusterReader {
  readonly #options: GatherOptions;
  #last: Discovered | undefined;

  constructor(options: GatherOptions) {
    this.#options = options;
  }

  /** Undefined while what is watched is being listed for the first time. @throws KubeError where the server cannot be asked at all */
  async gather(signal: AbortSignal): Promise<Gathered | undefined> {
    const { caches, intervalMs, now } = this.#options;
    const watched = readWatchedParts(caches, now());
    if (watched === undefined) return undefined;
    const last = await this.#refresh(watched, signal);
    this.#last = last;
    const dueAtMs = Math.min(
      last.discoveredAtMs + intervalMs,
      hasFailed(last.facts) ? last.askedAtMs + retryMs : Infinity,
    );
    return {
      facts: { ...last.facts, ...(readWatchedParts(caches, now()) ?? watched) },
      dueInMs: Math.max(0, dueAtMs - now()),
    };
  }

  async #refresh(watched: WatchedParts, signal: AbortSignal): Promise<Discovered> {
    const last = this.#last;
    if (last === undefined || this.#isOver(last.discoveredAtMs, this.#options.intervalMs))
      return this.#discover(watched, signal);
    if (!hasFailed(last.facts) || !this.#isOver(last.askedAtMs, retryMs)) return last;
    const again = await this.#discover({ ...pickRead(last.facts), ...watched }, signal);
    return { ...again, discoveredAtMs: last.discoveredAtMs };
  }

  async #discover(known: Partial<ClusterFacts>, signal: AbortSignal): Promise<Discovered> {
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

  #isOver(sinceMs: number, afterMs: number): boolean {
    return this.#options.now() - sinceMs >= afterMs - earlyMs;
  }
}

const watchedNames: ReadonlySet<string> = new Set<keyof WatchedParts>(['nodes', 'namespaces', 'personas']);

/** Whether a part that is asked for is missing; what is watched comes back of its own accord. */
function hasFailed(facts: ClusterFacts): boolean {
  return Object.entries(facts).some(([name, part]) => !watchedNames.has(name) && 'failure' in part);
}

function pickRead(facts: ClusterFacts): Partial<ClusterFacts> {
  return Object.fromEntries(Object.entries(facts).filter(([, part]) => 'value' in part));
}
