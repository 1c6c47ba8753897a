// Which Services send requests to a workload's pods.
import type { ServiceSnapshot, Surroundings } from '../../workload/surroundings.ts';
import type { Workload } from '../../workload/workload.ts';

/** The Services whose selector the pods' labels fulfil; one that selects nothing by itself is nobody's. */
export function servicesOf({ pod }: Workload, { services }: Surroundings): readonly ServiceSnapshot[] {
  return services.filter(({ selector }) => {
    if (!selector || selector.size === 0) return false;
    return [...selector].every(([key, value]) => pod.labels.get(key) === value);
  });
}
