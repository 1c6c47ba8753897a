// Advice on one workload as changes of its containers' resources.
import type { Workload } from '../../workload/workload.ts';
import type { Advice } from '../advice.ts';

/** What is set (a quantity) or removed (null). */
export type AmountChanges = Map<'cpu' | 'memory', string | null>;

/** Everything that changes in one container. */
export interface ContainerChange {
  name: string;
  /** Which list of the pod's spec it stands in, and where. */
  list: 'containers' | 'initContainers';
  index: number;
  requests: AmountChanges;
  limits: AmountChanges;
  /** As it is now. */
  resources: unknown;
}

/** In the order of the pod; advice on other workloads and on containers that are not there is left out. */
export function toChanges(workload: Workload, advice: readonly Advice[]): ContainerChange[] {
  const own = advice.filter(
    ({ workload: { kind, name } }) => kind === workload.kind && name === workload.name,
  );
  const seen = new Set<string>();
  return workload.pod.containers.flatMap((container) => {
    const about = own.filter((one) => one.container === container.name);
    if (container.role === 'init' || container.role === 'ephemeral') return [];
    if (about.length === 0 || seen.has(container.name)) return [];
    seen.add(container.name);
    return {
      name: container.name,
      list: container.role === 'sidecar' ? 'initContainers' : 'containers',
      index: Number(/\[([0-9]+)\]$/.exec(container.path)?.[1] ?? 0),
      requests: changesOf(about, 'request'),
      limits: changesOf(about, 'limit'),
      resources: container.fields['resources'],
    };
  });
}

function changesOf(advice: readonly Advice[], setting: Advice['setting']): AmountChanges {
  return new Map(
    advice
      .filter((one) => one.setting === setting)
      .sort((left, right) => (left.resource < right.resource ? -1 : 1))
      .map(({ resource, recommended }) => [resource, recommended ?? null]),
  );
}
