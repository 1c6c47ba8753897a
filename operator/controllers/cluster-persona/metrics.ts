// What /metrics says of discovery.
import { Counter, Gauge, Histogram } from 'prom-client';
import type { Metrics } from '../../manager/metrics.ts';

/** Counts and times discoveries. */
export interface DiscoveryMetrics {
  /** `partial`: something could not be read; `failed`: the server could not be asked. */
  discovered(result: 'complete' | 'partial' | 'failed', durationMs: number): void;
  /** Undefined where the nodes are unknown. */
  counted(nodeCount: number | undefined, readyNodes: number | undefined): void;
}

/** Registers them. */
export function createDiscoveryMetrics({ registry }: Metrics): DiscoveryMetrics {
  const registers = [registry];
  const total = new Counter({
    name: 'dorgu_cluster_discoveries_total',
    help: 'Discoveries of the cluster: complete, partial where something could not be read, failed where nothing could.',
    labelNames: ['result'],
    registers,
  });
  const seconds = new Histogram({
    name: 'dorgu_cluster_discovery_duration_seconds',
    help: 'How long discoveries of the cluster take.',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const nodes = new Gauge({
    name: 'dorgu_cluster_nodes',
    help: 'Nodes of the cluster, by whether they are ready.',
    labelNames: ['ready'],
    registers,
  });
  for (const result of ['complete', 'partial', 'failed']) total.inc({ result }, 0);
  return {
    discovered: (result, durationMs) => {
      total.inc({ result });
      seconds.observe(durationMs / 1000);
    },
    counted: (nodeCount, readyNodes = 0) => {
      if (nodeCount === undefined) return;
      nodes.set({ ready: 'true' }, readyNodes);
      nodes.set({ ready: 'false' }, nodeCount - readyNodes);
    },
  };
}
