// A Prometheus for the tests of one describe: started before them with their series, stopped after them, and skipped where none is installed.
import { isClusterRequired } from '../cluster/connection.ts';
import type { TestSeries } from './open-metrics.ts';
import {
  findPrometheus,
  startPrometheus,
  type PrometheusOptions,
  type TestPrometheus,
} from './start-prometheus.ts';

/**
 * Its members may be used in hooks and tests, not while suites are described. Without the Debian package `prometheus` (or another that puts
 * `prometheus` and `promtool` into PATH) the tests are skipped, and fail in CI.
 */
export function usePrometheus(
  series: () => Iterable<TestSeries>,
  options?: PrometheusOptions,
): { (): TestPrometheus } {
  let started: TestPrometheus | undefined;
  before('a Prometheus', async function () {
    this.timeout(120_000);
    if ((await findPrometheus()) === undefined) {
      if (isClusterRequired(process.env)) throw new Error('CI is set, and there is no prometheus in PATH');
      this.skip();
    }
    started = await startPrometheus(series(), options);
  });
  after('the Prometheus', () => started?.stop());
  return () => {
    if (started === undefined) throw new Error('Prometheus may be used in hooks and tests only');
    return started;
  };
}
