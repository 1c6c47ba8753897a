// What a workload is, as far as the cluster tells: its kind, and whether a Service leads to it.
import type { ApplicationPersonaSpec } from '../api/personas.ts';
import { servicesOf } from '../rules/network/services.ts';
import type { Surroundings } from '../workload/surroundings.ts';
import type { Workload } from '../workload/workload.ts';

const componentLabel = 'app.kubernetes.io/component';

/** Values of the component label that people give to what serves pages. */
const webComponents: ReadonlySet<string> = new Set(['frontend', 'web', 'webapp', 'ui', 'website']);

/** CronJobs and DaemonSets are what they are; what a Service leads to is an api, or web where its label says so; the rest work. */
export function describeKind(workload: Workload, surroundings: Surroundings): ApplicationPersonaSpec['type'] {
  if (workload.kind === 'CronJob') return 'cron';
  if (workload.kind === 'DaemonSet') return 'daemon';
  if (servicesOf(workload, surroundings).length === 0) return 'worker';
  const component = workload.labels.get(componentLabel) ?? workload.pod.labels.get(componentLabel);
  return webComponents.has(component ?? '') ? 'web' : 'api';
}
