// The recording rules of kube-prometheus, evaluated by Prometheus' own tool: what we make of them where raw series are dropped, and beside them.
import { expect } from 'chai';
import { createPrometheusClient } from '../../src/prometheus/client.ts';
import type { SentRequest } from '../../src/prometheus/client-options.ts';
import { createPrometheusUsage } from '../../src/prometheus/prometheus-usage.ts';
import type { UsageSample } from '../../src/sizing/usage.ts';
import { cpuSeries, gauge, memorySeries } from './container-series.ts';
import type { TestSeries } from './open-metrics.ts';
import { startPrometheus, type TestPrometheus } from './start-prometheus.ts';
import { usePrometheus } from './use-prometheus.ts';

const endMs = Date.UTC(2026, 10, 23, 12);
const scrapes = { fromMs: endMs - 1_800_000, toMs: endMs, everyMs: 15_000 };
const place = { namespace: 'shop', pod: 'web-6d4b75cb6d-hx8zq' };
const container = { ...place, labels: { metrics_path: '/metrics/cadvisor' } };
const MiB = 2 ** 20;

/** Two containers, what a kubelet says of the whole pod and of its sandbox, and where the pod is. */
const raw = (cores = 0.2): TestSeries[] => [
  cpuSeries({ ...container, container: 'app' }, scrapes, () => cores),
  memorySeries({ ...container, container: 'app' }, scrapes, () => 300 * MiB),
  cpuSeries({ ...container, container: 'proxy' }, scrapes, () => 0.05),
  memorySeries({ ...container, container: 'proxy' }, scrapes, () => 40 * MiB),
  // Its cgroup and the sandbox have no image.
  ...['', 'POD'].flatMap((name) => [
    cpuSeries(
      { ...container, container: name, labels: { ...container.labels, image: '' } },
      scrapes,
      () => 0.25,
    ),
    memorySeries(
      { ...container, container: name, labels: { ...container.labels, image: '' } },
      scrapes,
      () => 940 * MiB,
    ),
  ]),
  gauge('kube_pod_info', { ...place, node: 'node-1', uid: 'a', job: 'kube-state-metrics' }, scrapes, () => 1),
];

const ofKubelet = '{job="kubelet", metrics_path="/metrics/cadvisor", image!=""}';
const onNode =
  '* on (cluster, namespace, pod) group_left(node) topk by (cluster, namespace, pod) (1, max by (cluster, namespace, pod, node) (kube_pod_info{node!=""}))';
const cpuOf = (rate: string) =>
  `sum by (cluster, namespace, pod, container) (${rate}(container_cpu_usage_seconds_total${ofKubelet}[5m])) ${onNode}`;
const prefix = 'node_namespace_pod_container:';

/** A rule file, in which each rule stands twice: two replicas of Prometheus evaluate it, and a store above keeps both. */
function rulesOf(expressions: Readonly<Record<string, string>>): string {
  const rules = ['prometheus-k8s-0', 'prometheus-k8s-1'].flatMap((replica) =>
    Object.entries(expressions).map(([record, expr]) => ({
      record: `${prefix}${record}`,
      expr,
      labels: { prometheus_replica: replica },
    })),
  );
  return JSON.stringify({ groups: [{ name: 'k8s.rules', rules }] });
}

const memoryRule = {
  container_memory_working_set_bytes: `container_memory_working_set_bytes${ofKubelet} ${onNode}`,
};
const newer = rulesOf({ ...memoryRule, 'container_cpu_usage_seconds_total:sum_rate5m': cpuOf('rate') });
const older = rulesOf({ ...memoryRule, 'container_cpu_usage_seconds_total:sum_irate': cpuOf('irate') });

interface RulesCase {
  rules: string;
  series: () => Iterable<TestSeries>;
  /** Of the container `app`. */
  millicores: number;
}

const cases: Record<string, RulesCase> = {
  'those of today are enough where raw series are dropped': {
    rules: newer,
    series: () => [],
    millicores: 200,
  },
  'those of earlier days are enough where raw series are dropped': {
    rules: older,
    series: () => [],
    millicores: 200,
  },
  'are not read where raw series are beside them, which say otherwise here': {
    rules: newer,
    series: () => raw(0.4),
    millicores: 400,
  },
};

describe('the recording rules of kube-prometheus', function () {
  this.timeout(120_000);
  const source = usePrometheus(() => raw());

  for (const [what, { rules, series, millicores }] of Object.entries(cases)) {
    it(what, async () => {
      const span = { fromMs: scrapes.fromMs + 300_000, toMs: endMs };
      const recorded = { url: source().url, rules, ...span };
      const { samples, sent } = await measure(await startPrometheus(series(), { recorded }));
      expect(
        sent.map(({ outcome }) => outcome),
        'the probe, and one question',
      ).to.deep.equal(['ok', 'ok']);
      expect(samples.map(({ container: name }) => name)).to.have.members(['app', 'proxy']);
      const [app, proxy] = ['app', 'proxy'].map((name) => samples.find((one) => one.container === name));
      expect(app).to.include({ ...place, memoryPeakBytes: 300 * MiB });
      expect(app?.cpuMillicores).to.be.closeTo(millicores, 1e-6);
      expect(proxy?.cpuMillicores).to.be.closeTo(50, 1e-6);
      expect(proxy).to.include({ memoryPeakBytes: 40 * MiB, memoryAverageBytes: 40 * MiB });
    });
  }
});

/** The last window, and what was asked for it. Stops the Prometheus. */
async function measure(prometheus: TestPrometheus): Promise<{ samples: UsageSample[]; sent: SentRequest[] }> {
  const sent: SentRequest[] = [];
  const client = createPrometheusClient({
    url: prometheus.url,
    now: Date.now,
    onSent: (one) => sent.push(one),
  });
  try {
    return { samples: await createPrometheusUsage(client).sample(endMs, { namespace: undefined }), sent };
  } finally {
    client.close();
    await prometheus.stop();
  }
}
