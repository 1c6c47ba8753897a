// Which Services send requests to a workload's pods.
import { compareText } from '../../api/compare-text.ts';
import type { ServiceSnapshot, Surroundings } from '../../workload/surroundings.ts';
import type { Workload } from '../../workload/workload.ts';

/** The Services that may select pods with a label, by that label: `app=shop`, as positions in the list. */
type ServicesByLabel = ReadonlyMap<string, readonly number[]>;

// Every workload of a namespace asks for its Services: walking all for each is a million questions in a namespace of a thousand.
const indices = new WeakMap<Surroundings['services'], ServicesByLabel>();

/** The Services whose selector the pods' labels fulfil, by name: files and caches have orders of their own. One that selects nothing by itself is nobody's. */
export function servicesOf({ pod }: Workload, { services }: Surroundings): readonly ServiceSnapshot[] {
  if (services.length === 0) return services;
  const index = indices.get(services) ?? indexServices(services);
  indices.set(services, index);
  return [...pod.labels]
    .flatMap(([key, value]) => index.get(toLabel(key, value)) ?? [])
    .flatMap((position) => services[position] ?? [])
    .filter(({ selector }) => [...(selector ?? [])].every(([key, value]) => pod.labels.get(key) === value))
    .sort((left, right) => compareText(left.name, right.name));
}

/** Each Service stands under the rarest label of its selector: pods that lack that one are none of its. */
function indexServices(services: readonly ServiceSnapshot[]): ServicesByLabel {
  const selectors = services.map(({ selector }) =>
    [...(selector ?? [])].map(([key, value]) => toLabel(key, value)),
  );
  const counts = new Map<string, number>();
  for (const label of selectors.flat()) counts.set(label, (counts.get(label) ?? 0) + 1);
  const index = new Map<string, number[]>();
  for (const [position, labels] of selectors.entries()) {
    const [rarest] = labels.toSorted((left, right) => (counts.get(left) ?? 0) - (counts.get(right) ?? 0));
    if (rarest === undefined) continue;
    const positions = index.get(rarest);
    if (positions === undefined) index.set(rarest, [position]);
    else positions.push(position);
  }
  return index;
}

// Keys of labels hold no `=`.
function toLabel(key: string, value: string): string {
  return `${key}=${value}`;
}
