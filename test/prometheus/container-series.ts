// The series that kubelets and kube-state-metrics have of a pod, made from what its containers use.
import type { TestSeries } from './open-metrics.ts';

/** When something was scraped. */
export interface Scrapes {
  fromMs: number;
  toMs: number;
  everyMs: number;
}

/** One container of a pod, of one runtime's id. */
export interface TestContainer {
  namespace: string;
  pod: string;
  container: string;
  /** The runtime's id; a restart gives another. */
  id?: string;
  /** Beside those of cAdvisor: `job`, `prometheus`, another `id`. */
  labels?: Readonly<Record<string, string>>;
}

const labelsOf = ({ namespace, pod, container, id = `${pod}-${container}`, labels = {} }: TestContainer) => ({
  namespace,
  pod,
  container,
  name: id,
  id: `/kubepods.slice/${pod}/${id}.scope`,
  image: 'registry.example.com/app:1',
  job: 'kubelet',
  instance: '10.0.0.1:10250',
  ...labels,
});

/** A counter of CPU: `cores` is what was used between the scrape before and the one at `atMs`. It begins at zero. */
export function cpuSeries(
  container: TestContainer,
  scrapes: Scrapes,
  cores: (atMs: number) => number,
  more: Readonly<Record<string, string>> = { cpu: 'total' },
): TestSeries {
  return {
    metric: 'container_cpu_usage_seconds_total',
    labels: { ...labelsOf(container), ...more },
    samples: { [Symbol.iterator]: () => countUp(scrapes, cores) },
  };
}

function* countUp({ fromMs, toMs, everyMs }: Scrapes, cores: (atMs: number) => number) {
  let seconds = 0;
  for (let atMs = fromMs; atMs <= toMs; atMs += everyMs) {
    if (atMs > fromMs) seconds += cores(atMs) * (everyMs / 1000);
    yield [atMs, seconds] as const;
  }
}

/** A gauge of the working set. */
export function memorySeries(
  container: TestContainer,
  scrapes: Scrapes,
  bytes: (atMs: number) => number,
): TestSeries {
  return gauge('container_memory_working_set_bytes', labelsOf(container), scrapes, bytes);
}

/** What kube-state-metrics says of a pod of a Deployment's ReplicaSet, while the pod is there; and of the ReplicaSet, until `replicaSetToMs`. */
export function ownerSeries(
  { namespace, pod }: { namespace: string; pod: string },
  replicaSet: string,
  deployment: string,
  scrapes: Scrapes,
  replicaSetToMs = scrapes.toMs,
): TestSeries[] {
  const owner = (kind: string, name: string) => ({
    namespace,
    owner_kind: kind,
    owner_name: name,
    owner_is_controller: 'true',
    job: 'kube-state-metrics',
  });
  const always = () => 1;
  return [
    gauge('kube_pod_owner', { ...owner('ReplicaSet', replicaSet), pod }, scrapes, always),
    gauge(
      'kube_replicaset_owner',
      { ...owner('Deployment', deployment), replicaset: replicaSet },
      { ...scrapes, toMs: replicaSetToMs },
      always,
    ),
  ];
}

/** A value at each scrape. */
export function gauge(
  metric: string,
  labels: Readonly<Record<string, string>>,
  { fromMs, toMs, everyMs }: Scrapes,
  value: (atMs: number) => number,
): TestSeries {
  return {
    metric,
    labels,
    samples: {
      *[Symbol.iterator]() {
        for (let atMs = fromMs; atMs <= toMs; atMs += everyMs) yield [atMs, value(atMs)] as const;
      },
    },
  };
}
