// A cluster of many applications for a few windows, as series: one Deployment each, with pods and a sidecar.
import { cpuSeries, memorySeries, ownerSeries, type Scrapes } from './container-series.ts';
import type { TestSeries } from './open-metrics.ts';
import { createRandom } from '../random.ts';

/** How large it is. */
export interface ClusterSize {
  applications: number;
  /** Of each application. */
  pods: number;
}

/** Kubernetes' alphabet for names that it makes. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** Gives the series one application after the other, so that they need not be held. */
export function* clusterSeries({ applications, pods }: ClusterSize, scrapes: Scrapes): Generator<TestSeries> {
  const random = createRandom(7);
  const suffix = () =>
    Array.from({ length: 5 }, () => alphabet[Math.floor(random() * alphabet.length)] ?? 'b').join('');
  for (let index = 0; index < applications; index += 1) {
    const [namespace, deployment] = [`team-${index % 50}`, `application-${index}`];
    const replicaSet = `${deployment}-${suffix()}`;
    for (let each = 0; each < pods; each += 1) {
      const pod = `${replicaSet}-${suffix()}`;
      const owners = ownerSeries({ namespace, pod }, replicaSet, deployment, scrapes);
      yield* each === 0 ? owners : owners.slice(0, 1);
      for (const container of ['app', 'proxy']) {
        const one = { namespace, pod, container };
        yield cpuSeries(one, scrapes, () => 0.1);
        yield memorySeries(one, scrapes, () => 1e8);
      }
    }
  }
}
