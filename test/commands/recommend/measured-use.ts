// Series of made-up pods for a Prometheus: what cAdvisor and kube-state-metrics would have said of them.
import { sampled, type TestSeries } from '../../prometheus/open-metrics.ts';

/** A pod's container, and what it used. */
export interface MeasuredPod {
  namespace: string;
  pod: string;
  container: string;
  /** Millicores at a moment. */
  cpu: (atMs: number) => number;
  /** Bytes at a moment. */
  memory: (atMs: number) => number;
}

/** When. */
export interface Span {
  fromMs: number;
  toMs: number;
}

const everyMs = 60_000;

/** The two series of a container, scraped each minute. */
export function toUsageSeries(
  { namespace, pod, container, cpu, memory }: MeasuredPod,
  span: Span,
): TestSeries[] {
  const labels = { namespace, pod, container, image: 'shop:1', id: `/kubepods/${pod}` };
  let seconds = 0;
  return [
    {
      metric: 'container_cpu_usage_seconds_total',
      labels: { ...labels, cpu: 'total' },
      samples: [...sampled({ ...span, everyMs }, (atMs) => (seconds += (cpu(atMs) / 1000) * 60))],
    },
    {
      metric: 'container_memory_working_set_bytes',
      labels,
      samples: [...sampled({ ...span, everyMs }, memory)],
    },
  ];
}

/** Whose a pod is, as kube-state-metrics has it: through a ReplicaSet where one is named. */
export function toOwnerSeries(
  { namespace, pod }: Pick<MeasuredPod, 'namespace' | 'pod'>,
  owner: { kind: string; name: string; replicaSet?: string },
  span: Span,
): TestSeries[] {
  const isController = { owner_is_controller: 'true' };
  const once = () => [...sampled({ ...span, everyMs: 5 * everyMs }, () => 1)];
  const [kind, name] =
    owner.replicaSet === undefined ? [owner.kind, owner.name] : ['ReplicaSet', owner.replicaSet];
  return [
    {
      metric: 'kube_pod_owner',
      labels: { namespace, pod, owner_kind: kind, owner_name: name, ...isController },
      samples: once(),
    },
    ...(owner.replicaSet === undefined
      ? []
      : [
          {
            metric: 'kube_replicaset_owner',
            labels: {
              namespace,
              replicaset: owner.replicaSet,
              owner_kind: owner.kind,
              owner_name: owner.name,
              ...isController,
            },
            samples: once(),
          },
        ]),
  ];
}
