// Changes as a JSON patch (RFC 6902), which `kubectl patch --type json` takes.
import { fieldAt } from '../../api/foreign-fields.ts';
import type { Workload } from '../../workload/workload.ts';
import type { AmountChanges, ContainerChange } from './changes.ts';

/** One operation. */
export type JsonOperation =
  { op: 'test' | 'add'; path: string; value: unknown } | { op: 'remove'; path: string };

/** Operations in order. Each container's name is tested first: lists are addressed by place, and places shift. */
export function toJsonPatch(workload: Workload, changes: readonly ContainerChange[]): JsonOperation[] {
  const pod = `/${workload.pod.path.replaceAll('.', '/')}`;
  return changes.flatMap((change) => {
    const container = `${pod}/${change.list}/${change.index}`;
    return [
      { op: 'test' as const, path: `${container}/name`, value: change.name },
      ...(isObject(change.resources)
        ? []
        : [{ op: 'add' as const, path: `${container}/resources`, value: {} }]),
      ...changeMap(`${container}/resources/requests`, change.requests, fieldAt(change.resources, 'requests')),
      ...changeMap(`${container}/resources/limits`, change.limits, fieldAt(change.resources, 'limits')),
    ];
  });
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function changeMap(path: string, changes: AmountChanges, current: unknown): JsonOperation[] {
  const set = [...changes].filter(([, amount]) => amount !== null);
  if (!isObject(current))
    return set.length === 0 ? [] : [{ op: 'add', path, value: Object.fromEntries(set) }];
  return [...changes].flatMap(([resource, amount]): JsonOperation[] => {
    if (amount !== null) return [{ op: 'add', path: `${path}/${resource}`, value: amount }];
    return Object.hasOwn(current as object, resource) ? [{ op: 'remove', path: `${path}/${resource}` }] : [];
  });
}
