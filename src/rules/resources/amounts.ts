// Which request and limit of a container count, and how much they are: as written, as defaulted, or the pod's.
import { parseQuantity } from '../../quantity/index.ts';
import type { Quantity, QuantityResult } from '../../quantity/index.ts';
import { showValue } from '../show-value.ts';
import type { Container, PodSnapshot, ResourceSettings } from '../../workload/workload.ts';

/** What personas speak of. */
export const judgedResources = ['cpu', 'memory'] as const;
export type JudgedResource = (typeof judgedResources)[number];

/** Which side of resources. */
export type ResourceSide = 'requests' | 'limits';

/** A value with the path that it stands at. */
export interface Placed {
  value: unknown;
  path: string;
}

/** Reads an amount as the API server does: text, white space around it ignored, or a number (`cpu: 0.5`). */
export function readAmount(value: unknown): QuantityResult {
  if (typeof value === 'number') return parseQuantity(String(value));
  return parseQuantity(typeof value === 'string' ? value.trim() : value);
}

/** An amount as it is written; what is none as other values are shown. */
export function showAmount(value: unknown): string {
  return readAmount(value).ok ? String(value).trim() : showValue(value);
}

/** The amount; undefined where it is malformed, which is resources/quantity's to say. */
export function amountOf(value: unknown): Quantity | undefined {
  const result = readAmount(value);
  return result.ok && result.quantity.nano >= 0n ? result.quantity : undefined;
}

/** What holds a container: its own limit, else the pod's. Undefined where neither is set. */
export function effectiveLimit(
  container: Container,
  pod: PodSnapshot,
  resource: JudgedResource,
): Placed | undefined {
  return setting(container, 'limits', resource) ?? setting(pod, 'limits', resource);
}

/** What the scheduler sets aside: a container's own request, else its limit (Kubernetes' default), else the pod's. */
export function effectiveRequest(
  container: Container,
  pod: PodSnapshot,
  resource: JudgedResource,
): Placed | undefined {
  return ownRequest(container, resource) ?? ownRequest(pod, resource);
}

/** The same of the container or pod alone. */
export function ownRequest(
  owner: { path: string; resources: ResourceSettings },
  resource: JudgedResource,
): Placed | undefined {
  return setting(owner, 'requests', resource) ?? setting(owner, 'limits', resource);
}

/** A value as written, with its path; absent and null are the same. */
export function setting(
  owner: { path: string; resources: ResourceSettings },
  side: ResourceSide,
  resource: string,
): Placed | undefined {
  const value = owner.resources[side].get(resource);
  return value === undefined || value === null
    ? undefined
    : { value, path: `${owner.path}.resources.${side}.${resource}` };
}

/** Containers that run side by side for as long as the pod does: regular ones and native sidecars. */
export function lastingContainers({ containers }: PodSnapshot): readonly Container[] {
  return containers.filter(({ role }) => role === 'container' || role === 'sidecar');
}
