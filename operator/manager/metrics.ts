// The registry of metrics: one for each operator, so that several in one process (tests) do not meet.
import { collectDefaultMetrics, Registry } from 'prom-client';

/** What /metrics shows. */
export interface Metrics {
  /** prom-client's own: `new Gauge({ name: 'dorgu_…', help, registers: [metrics.registry] })`. */
  readonly registry: Registry;
}

/** A fresh registry; with the process' own figures (memory, event loop) where this is the whole process. */
export function createMetrics({ isWholeProcess = false } = {}): Metrics {
  const registry = new Registry();
  if (isWholeProcess) collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 50 });
  return { registry };
}
