// What naive queries get wrong (rightsizing.md), each as series, the naive query, and the truth that the series were made from.
import {
  cpuSeries,
  memorySeries,
  ownerSeries,
  type Scrapes,
  type TestContainer,
} from './container-series.ts';
import type { TestSeries } from './open-metrics.ts';

/** A number of a workload's, as advice and status hold it. */
export type Figure = 'cpuAverage' | 'cpuPeak' | 'memoryPeak';

/** One fault in a namespace of its own. CPU in millicores, memory in MiB. */
export interface NaiveFault {
  series: TestSeries[];
  /** In PromQL, in millicores or MiB. */
  naiveQuery: string;
  naive: number;
  /** Of which Deployment and container the figure is asked; undefined: what a pod's containers use together. */
  deployment: string;
  container: string | undefined;
  figure: Figure;
  truth: number;
}

export const nowMs = Date.UTC(2026, 10, 23, 12);
export const hourMs = 3_600_000;
const minuteMs = 60_000;
const MiB = 2 ** 20;
const always: Scrapes = { fromMs: nowMs - hourMs - 5 * minuteMs, toMs: nowMs, everyMs: 30_000 };

/** A pod of a Deployment, with its owners. */
function pod(namespace: string, deployment: string, suffix = 'x7k2p', scrapes = always) {
  const name = `${deployment}-5d4f7c9b8-${suffix}`;
  const of = (container: string, more: Partial<TestContainer> = {}): TestContainer => ({
    namespace,
    pod: name,
    container,
    ...more,
  });
  return {
    of,
    owners: ownerSeries({ namespace, pod: name }, `${deployment}-5d4f7c9b8`, deployment, scrapes, nowMs),
  };
}

const constant = (value: number) => () => value;
const mebibytes = (value: number) => constant(value * MiB);

function duplicates(): NaiveFault {
  const { of, owners } = pod('duplicates', 'shop');
  const copies = ['prometheus-0', 'prometheus-1'].flatMap((prometheus) =>
    ['kubelet', 'cadvisor'].flatMap((job) =>
      ['/kubepods/', '/system.slice/kubelet/kubepods/'].map((id) =>
        of('app', { labels: { prometheus, job, id } }),
      ),
    ),
  );
  return {
    series: [...owners, ...copies.map((copy) => memorySeries(copy, always, mebibytes(250)))],
    naiveQuery: 'sum by (pod) (container_memory_working_set_bytes{namespace="duplicates"})/1024/1024',
    naive: 2000,
    ...{ deployment: 'shop', container: 'app', figure: 'memoryPeak', truth: 250 },
  };
}

function restart(figure: 'memoryPeak' | 'cpuPeak'): NaiveFault {
  const namespace = `restart-${figure.toLowerCase()}`;
  const { of, owners } = pod(namespace, 'shop');
  const [before, after] = [of('app', { id: 'before' }), of('app', { id: 'after' })];
  const restartMs = nowMs - 2 * minuteMs;
  const [early, late] = [
    { ...always, toMs: restartMs },
    { ...always, fromMs: restartMs + always.everyMs },
  ];
  // cAdvisor's samples bring times of their own, so that nothing marks the old container as gone.
  return figure === 'memoryPeak'
    ? {
        series: [
          ...owners,
          memorySeries(before, early, mebibytes(100)),
          memorySeries(after, late, mebibytes(100)),
        ],
        naiveQuery: `sum by (pod) (container_memory_working_set_bytes{namespace="${namespace}"})/1024/1024`,
        naive: 200,
        ...{ deployment: 'shop', container: 'app', figure, truth: 100 },
      }
    : {
        series: [...owners, cpuSeries(before, early, constant(0.1)), cpuSeries(after, late, constant(0.1))],
        naiveQuery: `1000 * max by (pod) (rate(container_cpu_usage_seconds_total{namespace="${namespace}"}[5m]))`,
        naive: 65,
        ...{ deployment: 'shop', container: 'app', figure, truth: 100 },
      };
}

function oldReplicaSet(): NaiveFault {
  const goneMs = nowMs - 30 * minuteMs;
  const gone = { ...always, toMs: goneMs };
  const former = pod('old-replicaset', 'shop', 'aaaaa', gone);
  const { of, owners } = pod('old-replicaset', 'shop', 'bbbbb', { ...always, fromMs: goneMs });
  return {
    series: [
      ...former.owners.slice(0, 1),
      ...owners,
      memorySeries(former.of('app'), gone, mebibytes(800)),
      memorySeries(of('app'), { ...always, fromMs: goneMs }, mebibytes(300)),
    ],
    naiveQuery:
      'max(max_over_time(container_memory_working_set_bytes{namespace="old-replicaset"}[1h]) * on (namespace,pod) group_left(owner_name) kube_pod_owner)/1024/1024',
    naive: 300,
    ...{ deployment: 'shop', container: 'app', figure: 'memoryPeak', truth: 800 },
  };
}

function namePrefix(): NaiveFault {
  const [api, gateway] = [pod('prefix', 'api'), pod('prefix', 'api-gateway')];
  return {
    series: [
      ...api.owners,
      ...gateway.owners,
      cpuSeries(api.of('app'), always, constant(0.2)),
      cpuSeries(gateway.of('app'), always, constant(0.432)),
    ],
    naiveQuery: '1000 * avg(rate(container_cpu_usage_seconds_total{namespace="prefix",pod=~"api.*"}[5m]))',
    naive: 316,
    ...{ deployment: 'api', container: undefined, figure: 'cpuAverage', truth: 200 },
  };
}

function averageOfAnInstant(): NaiveFault {
  const { of, owners } = pod('instant', 'shop');
  const calm = (atMs: number) => (atMs > nowMs - 5 * minuteMs ? 0.02 : 0.5);
  return {
    series: [...owners, cpuSeries(of('app'), always, calm), cpuSeries(of('proxy'), always, constant(0.01))],
    naiveQuery: '1000 * avg(rate(container_cpu_usage_seconds_total{namespace="instant"}[5m]))',
    naive: 15,
    // 55 minutes at 500m, 5 at 20m, and the sidecar.
    ...{ deployment: 'shop', container: undefined, figure: 'cpuAverage', truth: 460 + 10 },
  };
}

function firstSeries(): NaiveFault {
  const { of, owners } = pod('first', 'shop');
  return {
    series: [
      ...owners,
      memorySeries(of('a-sidecar'), always, mebibytes(20)),
      memorySeries(of('app'), always, mebibytes(700)),
    ],
    // bottomk stands for "the first of the answer": its order is nobody's promise.
    naiveQuery:
      'bottomk(1, max_over_time(container_memory_working_set_bytes{namespace="first"}[1h]))/1024/1024',
    naive: 20,
    ...{ deployment: 'shop', container: 'app', figure: 'memoryPeak', truth: 700 },
  };
}

function podLevel(): NaiveFault {
  const { of, owners } = pod('cgroup', 'shop');
  return {
    series: [
      ...owners,
      memorySeries(of('app'), always, mebibytes(300)),
      memorySeries(of('', { id: '' }), always, mebibytes(300)),
    ],
    naiveQuery: 'sum by (pod) (container_memory_working_set_bytes{namespace="cgroup"})/1024/1024',
    naive: 600,
    ...{ deployment: 'shop', container: undefined, figure: 'memoryPeak', truth: 300 },
  };
}

function youngPod(): NaiveFault {
  const scrapes = { ...always, fromMs: nowMs - 10 * minuteMs };
  const { of, owners } = pod('young', 'shop', 'y', scrapes);
  return {
    series: [...owners, cpuSeries(of('app'), scrapes, constant(0.36))],
    naiveQuery: '1000 * rate(container_cpu_usage_seconds_total{namespace="young"}[6h])',
    naive: 10,
    ...{ deployment: 'shop', container: 'app', figure: 'cpuPeak', truth: 360 },
  };
}

function spike(): NaiveFault {
  const { of, owners } = pod('spike', 'shop');
  const spikeMs = nowMs - 17 * minuteMs;
  return {
    series: [...owners, memorySeries(of('app'), always, (atMs) => (atMs === spikeMs ? 900 : 100) * MiB)],
    naiveQuery: 'max_over_time(container_memory_working_set_bytes{namespace="spike"}[1h:5m])/1024/1024',
    naive: 100,
    ...{ deployment: 'shop', container: 'app', figure: 'memoryPeak', truth: 900 },
  };
}

function perCore(): NaiveFault {
  const { of, owners } = pod('cores', 'shop');
  return {
    series: [
      ...owners,
      cpuSeries(of('app'), always, constant(0.2), { cpu: 'cpu00' }),
      cpuSeries(of('app'), always, constant(0.1), { cpu: 'cpu01' }),
    ],
    naiveQuery:
      '1000 * max by (pod,container) (rate(container_cpu_usage_seconds_total{namespace="cores"}[5m]))',
    naive: 200,
    ...{ deployment: 'shop', container: 'app', figure: 'cpuPeak', truth: 300 },
  };
}

/** By what is wrong. The eleventh, names pasted into PromQL, has a test of its own: its truth is silence. */
export const naiveFaults: Record<string, NaiveFault> = {
  'a pattern on names also fits api-gateway': namePrefix(),
  'an average of everything at this instant is called the last hour': averageOfAnInstant(),
  'the peak is that of the first series': firstSeries(),
  'what was scraped by two Prometheus, two jobs and nested cgroups is summed': duplicates(),
  'the cgroup of the whole pod is summed with its containers': podLevel(),
  'memory of the containers before and after a restart is summed': restart('memoryPeak'),
  'CPU of the containers before and after a restart counts only once': restart('cpuPeak'),
  'six hours of a pod that is ten minutes old': youngPod(),
  'a subquery steps over a spike': spike(),
  'only one core of several counts': perCore(),
  'pods of a former ReplicaSet are lost where owners are joined in the query': oldReplicaSet(),
};
