// Everything that a Prometheus knows of a span, learnt as the sampler and `recommend` learn it.
import type { PrometheusUsage, UsageScope } from '../../src/prometheus/usage-source.ts';
import { createUsageHistory, type UsageHistory } from '../../src/sizing/usage-history.ts';
import type { UsageSample, WorkloadKey } from '../../src/sizing/usage.ts';

/** All windows of a span, by the workload that their pods belong to. Pods of nobody are left out. */
export async function learn(
  usage: PrometheusUsage,
  span: { fromMs: number; toMs: number },
  scope: UsageScope = { namespace: undefined },
): Promise<UsageHistory> {
  const owners = new Map<string, WorkloadKey>();
  for (const { namespace, pod, kind, name } of await usage.owners(span, scope))
    owners.set(`${namespace}/${pod}`, { namespace, kind, name });
  const history = createUsageHistory();
  for await (const samples of usage.history(span, scope)) {
    const grouped = new Map<WorkloadKey, UsageSample[]>();
    for (const sample of samples) {
      const key = owners.get(`${sample.namespace}/${sample.pod}`);
      if (key === undefined) continue;
      const group = grouped.get(key);
      if (group === undefined) grouped.set(key, [sample]);
      else group.push(sample);
    }
    for (const [key, group] of grouped) history.record(key, group, 'prometheus');
  }
  return history;
}
